"""The cues in which a person stands now: what a manager may read about them, told to themselves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from ..cues import Words, rule_named
from .entries import naming

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


@dataclass(frozen=True, slots=True)
class Standing:
    """A list in which somebody stands, where, since when, and until when (None: it has no end)."""

    rule: str
    list_name: Words
    community: Community
    since: dt.datetime
    until: dt.datetime | None


def cues_about(member: Member, now: dt.datetime | None = None) -> list[Standing]:
    """Each list in which `member` is named, or is said to wait for somebody, the newest first."""
    found = []
    for entry in naming(member, now or timezone.now()):
        rule = rule_named(entry.rule)
        if rule is not None:
            until = None if entry.ends.year == dt.MAXYEAR else entry.ends
            found.append(Standing(rule.name, rule.label, entry.community, entry.since, until))
    return found
