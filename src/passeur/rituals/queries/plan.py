"""The plan of a community: what comes, what was, what it drew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import policies
from ..choices import Form, State
from ..models import Occurrence, Ritual

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

FEW = 5
"""Below, a number of people could say who: it is said in words."""
SOON = dt.timedelta(days=7)
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Past:
    """One time that is over, and in words what it drew; empty for one that was missed."""

    occurrence: Occurrence
    drew: str


def rituals_of(community: Community) -> QuerySet[Ritual]:
    """Those that have not ended, by title."""
    return Ritual.objects.filter(community=community, ended_at=None).select_related(
        "owner", "substitute", "community"
    )


def titles_in(community: int) -> set[str]:
    """What the rituals of a community are called, ended ones too."""
    return set(Ritual.objects.filter(community=community).values_list("title", flat=True))


def upcoming(community: Community) -> QuerySet[Occurrence]:
    """Planned ones, the next first; one whose hour has passed stays until it is done or missed."""
    rows = Occurrence.objects.filter(ritual__community=community, state=State.PLANNED)
    return _with_ritual(rows).order_by("at", "pk")[:SHOWN]


def past(community: Community) -> list[Past]:
    """Done and missed, the last first, with the people who answered counted. One query."""
    rows = (
        _with_ritual(Occurrence.objects.filter(ritual__community=community).exclude(state=State.PLANNED))
        .annotate(
            answered=Count(
                "conversation__contributions__author",
                filter=Q(conversation__contributions__deleted_at=None)
                & ~Q(conversation__contributions__author=F("conversation__author")),
                distinct=True,
            )
        )
        .order_by("-at", "-pk")
    )
    return [Past(row, _drew(row, row.answered)) for row in rows[:SHOWN]]


def soon(member: Member, *, most: int = 3) -> QuerySet[Occurrence]:
    """What comes within a week in the communities that one belongs to."""
    now = timezone.now()
    rows = Occurrence.objects.filter(
        policies.visible_to(member), state=State.PLANNED, at__gte=now, at__lte=now + SOON
    )
    return _with_ritual(rows.filter(ritual__community__archived_at=None)).order_by("at", "pk")[:most]


def held_by(member: Member) -> QuerySet[Ritual]:
    """Rituals that the member sees to, or stands in for."""
    return Ritual.objects.filter(Q(owner=member) | Q(substitute=member), ended_at=None)


def occurrence_at(member: Member, pk: int) -> Occurrence | None:
    """One that the member may read of."""
    return _with_ritual(Occurrence.objects.filter(policies.visible_to(member), pk=pk)).first()


def those(keys: Iterable[int]) -> QuerySet[Occurrence]:
    """These occurrences with what they belong to."""
    return _with_ritual(Occurrence.objects.filter(pk__in=list(keys)))


def _with_ritual(rows: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    return rows.select_related("ritual__community", "ritual__owner", "ritual__substitute", "conversation")


def _drew(occurrence: Occurrence, answered: int) -> str:
    if occurrence.state != State.DONE:
        return ""
    is_post = occurrence.ritual.form == Form.POST
    count = answered if is_post else occurrence.took_part
    if count is None:
        return ""
    if count == 0:
        return _("Personne n’a encore répondu.") if is_post else _("Personne n’est venu.")
    if count < FEW:
        return _("Quelques personnes ont répondu.") if is_post else _("Quelques personnes sont venues.")
    if is_post:
        return ngettext("%(n)s personne a répondu.", "%(n)s personnes ont répondu.", count) % {"n": count}
    return ngettext("%(n)s personne est venue.", "%(n)s personnes sont venues.", count) % {"n": count}
