"""What became of exchanges in their first two weeks, for whoever asks what works: one row an exchange.

Each has the same time to be of help, so that a period, a day or an hour is not behind another for being
younger.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Func, IntegerField, Q, Value
from django.utils import timezone

from ..choices import Meaning, Part
from ..models import Contribution, Reaction
from .asked import Span, started_in

if TYPE_CHECKING:
    from passeur.accounts.models import Member

JUDGED_AFTER = dt.timedelta(days=14)
HELPFUL = (Meaning.HELPS, Meaning.LIVED, Meaning.THANKS)
"""Reactions that say that a text did something for somebody."""


@dataclass(frozen=True, slots=True)
class Worked:
    """An exchange after two weeks. `channel` is where it was imported from, or empty; `words` are
    those of its opening.

    It `helped` when an answer was accepted, or when somebody said of a text of another that it helps, that
    they lived it too, or thanks. `reached` is how many other people wrote or reacted in it; reading is theirs
    alone.
    """

    pk: int
    author: int
    kind: str
    created_at: dt.datetime
    channel: str
    words: int
    helped: bool
    reached: int


def worked(member: Member, span: Span) -> list[Worked]:
    """Those of `asked.started_in` that are two weeks old, oldest first. Three queries, and one for rights."""
    started = started_in(member, span)
    rows = list(
        started.filter(created_at__lte=timezone.now() - JUDGED_AFTER, contributions__part=Part.OPENING)
        .annotate(opening_words=_words("contributions__body"))
        .order_by("created_at", "pk")
        .values_list(
            "pk",
            "author_id",
            "kind",
            "created_at",
            "channel__kind",
            "channel__address",
            "opening_words",
            "accepted_at",
        )
    )
    among = started.order_by().values("pk")
    in_time = Q(created_at__lt=F("conversation__created_at") + JUDGED_AFTER)
    people: dict[int, set[int]] = defaultdict(set)
    wrote = Contribution.objects.filter(
        in_time, conversation__in=among, deleted_at=None, author__is_machine=False
    )
    for conversation, author in wrote.order_by().values_list("conversation", "author").distinct():
        people[conversation].add(author)
    helped: set[int] = set()
    said = Reaction.objects.filter(
        created_at__lt=F("contribution__conversation__created_at") + JUDGED_AFTER,
        contribution__conversation__in=among,
        contribution__deleted_at=None,
        member__is_machine=False,
    ).exclude(member=F("contribution__author"))
    for conversation, who, meaning in said.values_list("contribution__conversation", "member", "meaning"):
        people[conversation].add(who)
        if meaning in HELPFUL:
            helped.add(conversation)
    return [
        Worked(
            pk, author, kind, at, _place(outside, address), words,
            pk in helped or (accepted is not None and accepted < at + JUDGED_AFTER),
            len(people[pk] - {author}),
        )
        for pk, author, kind, at, outside, address, words, accepted in rows
    ]  # fmt: skip


def _words(body: str) -> Func:
    return Func(F(body), Value(r"\S+"), function="regexp_count", output_field=IntegerField())


def _place(kind: str | None, address: str | None) -> str:
    """Where it came from, as its page says it: a demonstration's exchanges come from nowhere."""
    return "" if kind == "demo" else address or ""
