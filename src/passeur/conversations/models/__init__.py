"""Conversations and what they are made of."""

from .attention import Follow, Mention, Reaction, ReadMark, Spotlight
from .contribution import Contribution, OutsideVote, Revision
from .conversation import Conversation, ConversationLink, ConversationTheme
from .counts import StateCount
from .milestones import MilestoneSight, Outdone
from .search import SearchDocument, SearchMiss
from .verification import Verification

__all__ = [
    "Contribution",
    "Conversation",
    "ConversationLink",
    "ConversationTheme",
    "Follow",
    "Mention",
    "MilestoneSight",
    "Outdone",
    "OutsideVote",
    "Reaction",
    "ReadMark",
    "Revision",
    "SearchDocument",
    "SearchMiss",
    "Spotlight",
    "StateCount",
    "Verification",
]
