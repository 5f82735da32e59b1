"""Facts that rituals announce."""

from dataclasses import dataclass

from passeur.foundation.events import Event


@dataclass(frozen=True, slots=True)
class RitualHeld(Event):
    """An occurrence was done, by whom."""

    occurrence: int
    by: int
