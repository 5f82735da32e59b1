"""Drafts: one's own, and who else has one of the same text."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone

from passeur.foundation.prepared import Asked, prepared

from ..choices import DRAFT_KEPT, DRAFT_NOTICE, FELLOW_FOR, READING_ORDER
from ..models import Draft
from ..protocols import Spot, places

if TYPE_CHECKING:
    from passeur.accounts.models import Member

Fields = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Listed:
    """A draft in its writer's list. Without `spot` one cannot write there any more; the text stays."""

    draft: Draft
    spot: Spot | None
    text: str
    goes_on: dt.date
    goes_soon: bool

    @property
    def extract(self) -> str:
        """The text to be recognised by: files by their description, headings without their signs."""
        return re.sub(r"!?\[([^\]]*)\]\([^)]*\)|^#+ ", r"\1", self.text, flags=re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fellow:
    """Somebody else who has a draft of the same text, and when it was saved last."""

    member: Member
    saved_at: dt.datetime


def of_place(member: Member, place: str) -> Draft | None:
    """What `member` was writing there."""
    return next(iter(_at(member=member.pk, place=place)), None)


@prepared
def draft_at(member: Asked, place: Asked) -> QuerySet[Draft, Any]:
    """A row if `member` was writing there, to be asked with what a page asks."""
    return Draft.objects.filter(member=member, place=place).values("pk")[:1]


@prepared
def _at(member: Asked, place: Asked) -> QuerySet[Draft]:
    return Draft.objects.filter(member=member, place=place).order_by("pk")[:1]


def place_of(member: Member, pk: int) -> str:
    """Where the draft of that key is written; nowhere, if it is not theirs."""
    return Draft.objects.filter(member=member, pk=pk).values_list("place", flat=True).first() or ""


def my_drafts(member: Member, *, most: int = 100) -> list[Listed]:
    """A member's drafts, the last written first, in a number of queries that does not depend on them."""
    drafts = list(Draft.objects.filter(member=member)[:most])
    spots = places(member, {draft.place for draft in drafts})
    soon = timezone.now() + DRAFT_NOTICE
    return [
        Listed(
            draft=draft,
            spot=spots.get(draft.place),
            text=words_of(draft.fields),
            goes_on=timezone.localdate(draft.saved_at + DRAFT_KEPT),
            goes_soon=draft.saved_at + DRAFT_KEPT < soon,
        )
        for draft in drafts
    ]


def words_of(fields: Fields) -> str:
    """What was written, field after field: the words, not the choices (numbers) beside them."""
    names = [name for name in READING_ORDER if name in fields]
    names += [name for name in fields if name not in READING_ORDER]
    written = [value.strip() for name in names for value in fields[name]]
    return "\n\n".join(value for value in written if value and not value.isdigit())


def fellows(member: Member, place: str) -> list[Fellow]:
    """Who else has an open draft of the text of that place, last saved first. Not who is there: who wrote."""
    rows = Draft.objects.filter(place=place, saved_at__gt=timezone.now() - FELLOW_FOR, member__is_active=True)
    return [Fellow(row.member, row.saved_at) for row in rows.exclude(member=member).select_related("member")]
