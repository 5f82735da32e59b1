"""Full-text search in conversations, in French and in English."""

from .hits import Hit, hits
from .parsing import NothingToSearch, OnlyExclusions, Query, SearchTooLong, parse
from .searching import Scope, SearchPage, exists_anywhere, search, titles, writers
from .suggestions import Suggestion

__all__ = [
    "Hit",
    "NothingToSearch",
    "OnlyExclusions",
    "Query",
    "Scope",
    "SearchPage",
    "SearchTooLong",
    "Suggestion",
    "exists_anywhere",
    "hits",
    "parse",
    "search",
    "titles",
    "writers",
]
