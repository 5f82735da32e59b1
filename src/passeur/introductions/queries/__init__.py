"""What can be asked about introductions."""

from .meeting import Meeting, Place, could_be_proposed, members_of, worth_meeting, written_to_at
from .mine import Mine, as_seen, messages_of, mine, one_of, to_answer, waiting_for
from .offering import name_first, offered
from .proposed import proposed_in
from .suggesting import Reason, Suggestion, found_words, suggestions, together

__all__ = [
    "Meeting",
    "Mine",
    "Place",
    "Reason",
    "Suggestion",
    "as_seen",
    "could_be_proposed",
    "found_words",
    "members_of",
    "messages_of",
    "mine",
    "name_first",
    "offered",
    "one_of",
    "proposed_in",
    "suggestions",
    "to_answer",
    "together",
    "waiting_for",
    "worth_meeting",
    "written_to_at",
]
