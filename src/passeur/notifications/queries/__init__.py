"""What can be asked of notices."""

from .dot import has_news, new_about, told_to
from .quiet import next_open
from .shown import Group, Shown, in_words, listed, one_of
from .waiting import post_waiting
from .wishes import letters_today, quiet_hours_of, ways, wishes_of, zone_of

__all__ = [
    "Group",
    "Shown",
    "has_news",
    "in_words",
    "letters_today",
    "listed",
    "new_about",
    "next_open",
    "one_of",
    "post_waiting",
    "quiet_hours_of",
    "told_to",
    "ways",
    "wishes_of",
    "zone_of",
]
