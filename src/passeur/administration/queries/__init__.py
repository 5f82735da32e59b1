"""What the administration shows."""

from .batches import Counted, batches, counted, lines, old
from .log import Asked, LogLine, acts, entries, told
from .people import Person, named, people, person

__all__ = [
    "Asked",
    "Counted",
    "LogLine",
    "Person",
    "acts",
    "batches",
    "counted",
    "entries",
    "lines",
    "named",
    "old",
    "people",
    "person",
    "told",
]
