"""What a person did here for the first time, read from what stands there now: nothing is ranked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from passeur.communities import policies as communities
from passeur.engagement.choices import Milestone

from .. import policies
from ..choices import Kind, Part
from ..models import Contribution, Conversation, MilestoneSight, Outdone

if TYPE_CHECKING:
    from passeur.accounts.models import Member

_OF = {Milestone.QUESTION: Kind.QUESTION, Milestone.EXPERIENCE: Kind.EXPERIENCE}


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone, when it was reached, and in which exchange; `answer` is the text, if it is no opening.

    Within `conversation.community` it is the first, whoever looks.
    """

    milestone: Milestone
    at: dt.datetime
    conversation: Conversation
    answer: int | None

    @property
    def day(self) -> dt.date:
        return timezone.localdate(self.at)

    @property
    def url(self) -> str:
        if self.answer is None:
            return reverse("conversations:detail", args=[self.conversation.pk])
        return reverse("conversations:contribution", args=[self.answer])


def shared_by(member: Member) -> frozenset[Milestone]:
    """Those of their milestones that the member lets others see. One query."""
    chosen = MilestoneSight.objects.filter(member=member).first() or MilestoneSight(member=member)
    found = {Milestone.ACCEPTED} if chosen.accepted else set()
    return frozenset(found | (set(Milestone) - {Milestone.ACCEPTED} if chosen.rest else set()))


def shown_to(viewer: Member, member: Member) -> list[Reached]:
    """What `viewer` reads of it on the member's profile. Four queries at most."""
    if viewer.pk == member.pk:
        return reached(member, seen_by=viewer)
    told = shared_by(member) if policies.may_tell_milestones(member) else ()
    return reached(member, told, seen_by=viewer) if told else []


def reached(
    member: Member, among: Collection[Milestone] = tuple(Milestone), *, seen_by: Member | None = None
) -> list[Reached]:
    """Those of them that the member reached, in order of time, in exchanges that `seen_by` may read.

    Without a reader: in any. Three queries.
    """
    keys = None if seen_by is None else communities.visible_keys(seen_by)
    parts = [one for milestone in among for one in _first(member, milestone, keys)]
    rows = parts[0].union(*parts[1:], all=True) if parts else ()
    first: dict[Milestone, Mapping[str, Any]] = {}
    for row in sorted(rows, key=lambda row: row["moment"]):
        first.setdefault(Milestone(row["milestone"]), row)
    found = Conversation.objects.select_related("community").in_bulk(
        [row["exchange"] for row in first.values()]
    )
    return [
        Reached(milestone, row["moment"], found[row["exchange"]], row["text"])
        for milestone, row in first.items()
    ]


def _first(member: Member, milestone: Milestone, among: list[int] | None) -> list[QuerySet[Any, Any]]:
    """Queries of the first one each, in these communities; what was taken out or machines asked is none."""
    if milestone in _OF:
        started = Conversation.objects.filter(
            _seen(among),
            author=member,
            kind=_OF[milestone],
            contributions__part=Part.OPENING,
            contributions__deleted_at=None,
        )
        return [_one(milestone, started, "created_at", "pk")]
    written = Contribution.objects.filter(_seen(among, "conversation__"), author=member, deleted_at=None)
    if milestone is Milestone.REPLY:
        to_somebody = ~Q(conversation__author=member) & Q(conversation__author__is_machine=False)
        on_somebody = Q(part=Part.COMMENT, parent__author__is_machine=False) & ~Q(parent__author=member)
        replied = written.exclude(part=Part.OPENING).filter(to_somebody | on_somebody)
        return [_one(milestone, replied, "created_at", "conversation", "pk")]
    helped = written.exclude(conversation__author=member)
    accepted = helped.filter(accepted_in__accepted_at__isnull=False)
    outdone = Outdone.objects.filter(answer__in=helped)
    return [
        _one(milestone, accepted, "accepted_in__accepted_at", "conversation", "pk"),
        _one(milestone, outdone, "accepted_at", "answer__conversation", "pk"),
    ]


def _seen(keys: list[int] | None, prefix: str = "") -> Q:
    return Q() if keys is None else policies.in_communities(keys, prefix)


def _one(
    milestone: Milestone, rows: QuerySet[Any, Any], moment: str, exchange: str, answer: str = ""
) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = (
        rows.order_by(moment, "pk")
        .annotate(
            milestone=Value(milestone.value, CharField()),
            moment=F(moment),
            exchange=F(exchange),
            # Of a type, whichever of these stands first in a union.
            text=F(answer) if answer else Cast(Value(None), BigIntegerField()),
        )
        .values("milestone", "moment", "exchange", "text")[:1]
    )
    return found
