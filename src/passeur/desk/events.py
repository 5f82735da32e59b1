"""Facts that the desk announces."""

from dataclasses import dataclass

from passeur.foundation.events import Event


@dataclass(frozen=True, slots=True)
class CueTreated(Event):
    """A manager acted on a cue."""

    step: int
    community: int
    key: str
    by: int


@dataclass(frozen=True, slots=True)
class CueReturned(Event):
    """A gesture was undone."""

    step: int
    community: int
    key: str
    by: int
