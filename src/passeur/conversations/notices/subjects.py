"""What notices of conversations are about."""


def subject(conversation: int) -> str:
    """What all notices of a conversation are about."""
    return f"conversation:{conversation}"
