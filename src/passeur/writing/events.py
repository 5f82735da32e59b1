"""Facts that the writing room announces."""

from dataclasses import dataclass

from passeur.foundation.events import Event


@dataclass(frozen=True, slots=True)
class DraftExpires(Event):
    """A draft that nobody touched goes in `days` days; said once."""

    draft: int
    member: int
    days: int


@dataclass(frozen=True, slots=True)
class FilesErased(Event):
    """Somebody's files are erased: their bytes must go from the disk, once this is certain."""
