"""The plan of a community: what comes, what was, what it drew."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, OrderBy, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.communities import policies as communities
from passeur.foundation.prepared import Asked, prepared

from .. import policies
from ..choices import Form, State
from ..models import Occurrence, Ritual
from .calendar import in_words

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

FEW = 5
"""Below, a number of people could say who: it is said in words."""
SOON = dt.timedelta(days=7)
EACH = 4
"""Times shown of each ritual, coming and past."""


@dataclass(frozen=True, slots=True)
class Past:
    """One time that is over, and in words what it drew; empty for one that was missed."""

    occurrence: Occurrence
    drew: str


@dataclass(frozen=True, slots=True)
class Time:
    """One time that comes, and its moment in words."""

    occurrence: Occurrence
    words: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A ritual, its next times and its last ones."""

    ritual: Ritual
    coming: list[Time]
    past: list[Past]


def rituals_of(community: Community) -> QuerySet[Ritual]:
    """Those that have not ended, by title."""
    return Ritual.objects.filter(community=community, ended_at=None).select_related(
        "owner", "substitute", "community"
    )


def titles_in(community: int) -> set[str]:
    """What the rituals of a community are called, ended ones too."""
    return set(Ritual.objects.filter(community=community).values_list("title", flat=True))


def plans(community: Community) -> list[Plan]:
    """Each ritual that has not ended with its next times and its last ones, by title. Four queries."""
    coming: dict[int, list[Time]] = defaultdict(list)
    for one in _ranked(Occurrence.objects.filter(state=State.PLANNED), community, F("at").asc()):
        coming[one.ritual_id].append(Time(one, in_words(one.at)))
    past = _past(community, Q(ritual__ended_at=None))
    return [Plan(ritual, coming[ritual.pk], past[ritual.pk]) for ritual in rituals_of(community)]


def past_of_ended(community: Community) -> list[Past]:
    """What rituals that have ended drew, the last first. Two queries."""
    found = _past(community, Q(ritual__ended_at__isnull=False))
    return sorted((one for some in found.values() for one in some), key=lambda one: one.occurrence.at)[::-1]


def _past(community: Community, which: Q) -> dict[int, list[Past]]:
    """By ritual, done and missed, the last first, with the people who answered counted. Two queries."""
    over = Occurrence.objects.exclude(state=State.PLANNED).filter(which)
    rows = list(_ranked(over, community, F("at").desc()))
    others = Q(conversation__contributions__deleted_at=None) & ~Q(
        conversation__contributions__author=F("conversation__author")
    )
    answered = dict(
        Occurrence.objects.filter(pk__in=[row.pk for row in rows])
        .annotate(n=Count("conversation__contributions__author", filter=others, distinct=True))
        .values_list("pk", "n")
    )
    found: dict[int, list[Past]] = defaultdict(list)
    for row in rows:
        found[row.ritual_id].append(Past(row, _drew(row, answered[row.pk])))
    return found


def _ranked(rows: QuerySet[Occurrence], community: Community, order: OrderBy) -> QuerySet[Occurrence]:
    """The first few of each ritual of a community, in that order."""
    place = Window(RowNumber(), partition_by=F("ritual"), order_by=[order, F("pk").asc()])
    few = rows.filter(ritual__community=community).annotate(place=place).filter(place__lte=EACH)
    return _with_ritual(few).order_by(order, "pk")


def soon(member: Member) -> list[Occurrence]:
    """What comes within a week in the communities that one belongs to, the next three. One query."""
    now = timezone.now()
    return _soon(among=list(communities.standings(member)), since=now, until=now + SOON)


@prepared
def _soon(among: Asked, since: Asked, until: Asked) -> QuerySet[Occurrence]:
    rows = Occurrence.objects.filter(
        policies.in_communities(among), state=State.PLANNED, at__gte=since, at__lte=until
    )
    return _with_ritual(rows.filter(ritual__community__archived_at=None)).order_by("at", "pk")[:3]


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
