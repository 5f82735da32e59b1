"""What can be asked about people."""

from .merges import merge_of, standing_merges
from .people import by_email, by_handles, imported, is_available, named, profiles_by_handle, visible

__all__ = [
    "by_email",
    "by_handles",
    "imported",
    "is_available",
    "merge_of",
    "named",
    "profiles_by_handle",
    "standing_merges",
    "visible",
]
