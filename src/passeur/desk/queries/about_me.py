"""What a person is told about the lists they stood in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from passeur.communities import policies as communities

from ..cues import Words, rules
from ..models import Consultation

if TYPE_CHECKING:
    from passeur.accounts.models import Member


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody read a list with this person in it."""

    reader: Member
    list_name: Words
    community: str
    day: dt.date


def about_me(member: Member, *, most: int = 50) -> list[Reading]:
    """Who read a list with `member` in it, newest first, in the communities that they may still read."""
    names = {rule.name: rule.label for rule in rules()}
    rows = (
        Consultation.objects.filter(communities.visible_to(member, "community__"), member=member)
        .select_related("reader", "community")
        .order_by("-day", "-pk")
    )
    return [
        Reading(row.reader, names.get(row.rule, row.rule), row.community.name, row.day) for row in rows[:most]
    ]
