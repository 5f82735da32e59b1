"""Full-text search in conversations, in French and in English."""

from .hits import Hit
from .misses import Miss, misses
from .parsing import NothingToSearch, OnlyExclusions, Query, SearchTooLong, parse
from .searching import Scope, SearchPage, exists_anywhere, search
from .suggestions import Suggestion

__all__ = [
    "Hit",
    "Miss",
    "NothingToSearch",
    "OnlyExclusions",
    "Query",
    "Scope",
    "SearchPage",
    "SearchTooLong",
    "Suggestion",
    "exists_anywhere",
    "misses",
    "parse",
    "search",
]
