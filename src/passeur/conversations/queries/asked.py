"""What was started in a span of time, for measures: one row an exchange, with what became of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, QuerySet, Sum

from passeur.communities.queries import scopes

from .. import policies
from ..choices import Meaning
from ..models import Conversation, ConversationTheme, Reaction, SearchMiss
from .lists import about

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.skills.models import Theme


@dataclass(frozen=True, slots=True)
class Started:
    """An exchange: who started it, when, the first reply by somebody else, its state by `services.states`.

    `is_first`: its author had not started anything in this community before.
    """

    pk: int
    community: int
    kind: str
    author: int
    created_at: dt.datetime
    first_reply_at: dt.datetime | None
    closed_at: dt.datetime | None
    state: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class Span:
    """Where and when: from `since` on, before `until`; a theme brings those below it."""

    communities: Collection[int]
    since: dt.datetime
    until: dt.datetime
    theme: Theme | None = None


def started_in(member: Member, span: Span) -> QuerySet[Conversation]:
    """Exchanges started then that `member` may see; those of machines and of who animates left out."""
    rows = Conversation.objects.filter(
        policies.visible_to(member),
        community__in=span.communities,
        created_at__gte=span.since,
        created_at__lt=span.until,
        author__is_machine=False,
    ).exclude(scopes.animated_by("author", "community"))
    return rows if span.theme is None else rows.filter(pk__in=about(span.theme))


def started(member: Member, span: Span) -> list[Started]:
    """The exchanges started then that `member` may see; those of machines and of who animates left out.

    Oldest first. One query.
    """
    before = Conversation.objects.filter(
        author=OuterRef("author"), community=OuterRef("community"), created_at__lt=OuterRef("created_at")
    )
    rows = (
        started_in(member, span)
        .annotate(is_first=~Exists(before))
        .order_by("created_at", "pk")
        .values_list(
            "pk", "community_id", "kind", "author_id", "created_at", "first_reply_at", "closed_at", "state",
            "is_first",
        )
    )  # fmt: skip
    return [Started(*row) for row in rows]


def themes_of_started(member: Member, span: Span) -> dict[int, list[tuple[int, str, str]]]:
    """By exchange, its themes as (key, slug, name); in their author's order. One query."""
    found: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    rows = ConversationTheme.objects.filter(conversation__in=started_in(member, span).values("pk"))
    for conversation, theme, slug, name in rows.order_by("position").values_list(
        "conversation_id", "theme_id", "theme__slug", "theme__name"
    ):
        found[conversation].append((theme, slug, name))
    return found


def helpful_of_started(member: Member, span: Span) -> set[int]:
    """Those started then in which somebody said of a message by another that it helped. One query."""
    thanks = Reaction.objects.filter(
        contribution__conversation__in=started_in(member, span).values("pk"),
        contribution__deleted_at=None,
        meaning__in=[Meaning.HELPS, Meaning.THANKS],
    ).exclude(member=F("contribution__author"))
    return set(thanks.values_list("contribution__conversation", flat=True))


def missed_by_day(
    keys: Collection[int], first: dt.date, last: dt.date
) -> list[tuple[dt.date, str, str, int]]:
    """(day, folded words, words, times) of searches without result in communities. One query."""
    rows = SearchMiss.objects.filter(community__in=keys, day__gte=first, day__lte=last)
    return list(rows.values_list("day", "folded", "words").annotate(n=Sum("times")).order_by("day", "folded"))
