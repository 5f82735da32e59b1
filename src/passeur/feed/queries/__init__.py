"""What the pages ask about a member's feed."""

from .choosing import Offer, offers
from .made import Entry, Feed, Part, feed, mark_of
from .said import less_of
from .words import count_in_words, since_in_words

__all__ = [
    "Entry",
    "Feed",
    "Offer",
    "Part",
    "count_in_words",
    "feed",
    "less_of",
    "mark_of",
    "offers",
    "since_in_words",
]
