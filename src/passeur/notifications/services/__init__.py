"""What is done with notices."""

from .telling import forget, seen, take_back, tell

__all__ = ["forget", "seen", "take_back", "tell"]
