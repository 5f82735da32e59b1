"""What communities need, as far as their conversations show it: the facts under the manager's cues.

Everything is asked for things that are named, so that it costs by them and not by the community; what looks
at a whole community (`candidates`) is for the first filling and for repairs.
"""

from .candidates import (
    answered_since,
    digests_since,
    has_more_than,
    helpful_since,
    themes_since,
    unheard_since,
    waiting_or_back,
    wrote_since,
)
from .conversations import answers_by, conversations, last_contributions, others_waiting
from .holding import doubts, lasting, outdated_in
from .people import Participation, active_lately, heard_at, participation, unheard_first, writers_in
from .searching import Missed, digest, found_now, missed, missed_words
from .themes import Moment, moments, theme_names
from .touching import (
    awaiting_reply,
    helpful_in,
    people_of_contributions,
    people_of_conversations,
    places_of_contributions,
    themes_by_author,
    themes_of,
    touched_with,
    unheard_by,
)
from .worth import Helpful, helpful

__all__ = [
    "Helpful",
    "Missed",
    "Moment",
    "Participation",
    "active_lately",
    "answered_since",
    "answers_by",
    "awaiting_reply",
    "conversations",
    "digest",
    "digests_since",
    "doubts",
    "found_now",
    "has_more_than",
    "heard_at",
    "helpful",
    "helpful_in",
    "helpful_since",
    "last_contributions",
    "lasting",
    "missed",
    "missed_words",
    "moments",
    "others_waiting",
    "outdated_in",
    "participation",
    "people_of_contributions",
    "people_of_conversations",
    "places_of_contributions",
    "theme_names",
    "themes_by_author",
    "themes_of",
    "themes_since",
    "touched_with",
    "unheard_by",
    "unheard_first",
    "unheard_since",
    "waiting_or_back",
    "writers_in",
    "wrote_since",
]
