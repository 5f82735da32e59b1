"""What the administration shows."""

from .log import Asked, LogLine, acts, entries, told
from .people import Person, named, people, person

__all__ = ["Asked", "LogLine", "Person", "acts", "entries", "named", "people", "person", "told"]
