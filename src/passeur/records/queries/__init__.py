"""What can be asked of the store."""
