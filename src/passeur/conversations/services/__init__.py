"""What people do in conversations, by use case."""
