"""What can be asked of notices."""

from .dot import has_news
from .quiet import next_open
from .shown import Group, Shown, in_words, listed
from .wishes import quiet_hours_of, ways, wishes_of

__all__ = [
    "Group",
    "Shown",
    "has_news",
    "in_words",
    "listed",
    "next_open",
    "quiet_hours_of",
    "ways",
    "wishes_of",
]
