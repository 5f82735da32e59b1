"""What can be asked of engagement: figures about groups, behind the guard."""

from .mine import counted, is_counted

__all__ = ["counted", "is_counted"]
