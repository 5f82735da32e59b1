"""Facts that the writing room announces."""

from dataclasses import dataclass

from passeur.foundation.events import Event


@dataclass(frozen=True, slots=True)
class DraftExpires(Event):
    """A draft that nobody touched goes in `days` days; said once."""

    draft: int
    member: int
    days: int
