"""All that the rooms say about one person, gathered for their own page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ..models import Member
from ..protocols import Choice, Fate, Known, Reading, holders


@dataclass(frozen=True, slots=True)
class Told:
    """The lines in the rooms' order, inferences first among equals; who read what, newest first."""

    known: list[Known]
    readings: list[Reading]
    choices: list[Choice]


def told(member: Member) -> Told:
    """For the page « Ce que Passeur sait de moi »."""
    known: list[Known] = []
    readings: list[Reading] = []
    choices: list[Choice] = []
    for _room, held in sorted(holders(), key=lambda pair: pair[1].order):
        known += held.known(member)
        readings += held.readings(member)
        choices += held.choices(member)
    return Told(
        sorted(known, key=lambda line: not line.is_inferred),
        sorted(readings, key=lambda reading: _day(reading.at), reverse=True),
        choices,
    )


def fates(member: Member) -> Fate:
    """What goes and what stays when the person is erased, by all rooms."""
    told = [held.fate(member) for _room, held in holders()]
    return Fate(
        tuple(words for fate in told for words in fate.goes),
        tuple(words for fate in told for words in fate.stays),
    )


def _day(at: dt.date | dt.datetime) -> dt.date:
    return at.date() if isinstance(at, dt.datetime) else at
