"""Facts that outreach announces."""

from dataclasses import dataclass

from passeur.foundation.events import Event


@dataclass(frozen=True, slots=True)
class NoteWritten(Event):
    """A note is on its way; it can be withdrawn until it is sent."""

    note: int
    to: int
    by: int


@dataclass(frozen=True, slots=True)
class NoteDone(Event):
    """Who received it did what it asked."""

    note: int
    by: int
