"""Facts that notifications announce."""

from dataclasses import dataclass

from passeur.foundation.events import Event


@dataclass(frozen=True, slots=True)
class NoticesMailed(Event):
    """A mail told a person of these objects of a kind."""

    member: int
    kind: str
    objects: list[int]
