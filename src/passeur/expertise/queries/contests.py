"""Themes that people say are not theirs: nobody is brought a question about them for what was inferred."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from passeur.foundation import lasting
from passeur.foundation.arrays import array

from ..choices import DeclineReason
from ..models import Contest

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from passeur.accounts.models import Member


def contests_of(member: Member) -> QuerySet[Contest]:
    """What one person contests, by the name of the theme."""
    return Contest.objects.filter(member=member).select_related("theme__community").order_by("theme__folded")


def contesting(themes: Collection[int]) -> set[int]:
    """Who contests one of these themes."""
    return (
        set(Contest.objects.filter(theme__in=themes).values_list("member_id", flat=True)) if themes else set()
    )


_SAID = f"""
select member_id, theme_id, null::timestamptz from expertise_contest
where theme_id = any(%(themes)s::bigint[])
union all
select r.member_id, l.theme_id, r.decided_at
from expertise_referral r join conversations_conversationtheme l on l.conversation_id = r.conversation_id
where r.member_id = any(%(people)s::bigint[]) and r.decline_reason = '{DeclineReason.NOT_MY_SUBJECT}'
    and r.decided_at is not null and l.theme_id = any(%(themes)s::bigint[])
"""  # noqa: S608 - states and numbers of ours


@dataclass(frozen=True, slots=True)
class SaidAgainst:
    """What people said against being asked about some themes.

    `contesting` are those who contest one of them; `declined` are (person, theme, when) of each
    « not my subject » of the people asked about.
    """

    contesting: set[int] = field(default_factory=set)
    declined: list[tuple[int, int, dt.datetime]] = field(default_factory=list)


def said_against(themes: Collection[int], people: Collection[int]) -> SaidAgainst:
    """What was said against these themes: contested by anybody, declined by these people. One query."""
    said = SaidAgainst()
    if themes:
        values = {"themes": array(themes), "people": array(people)}
        for member, theme, at in lasting.fetched(_SAID, values):
            if at is None:
                said.contesting.add(member)
            else:
                said.declined.append((member, theme, at))
    return said
