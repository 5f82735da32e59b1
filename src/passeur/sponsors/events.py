"""What happens to sponsors."""

from __future__ import annotations

from dataclasses import dataclass

from passeur.foundation.events import Event


@dataclass(frozen=True, slots=True)
class SponsorNamed(Event):
    """The mail that asks whether somebody wants the report is to leave."""

    sponsor: int


@dataclass(frozen=True, slots=True)
class EditionMade(Event):
    """The report of a month to one sponsor is to leave."""

    edition: int
