"""What was started in a span of time, and what is asked of some exchanges, for measures."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, QuerySet, Sum

from passeur.communities.queries import scopes

from .. import policies
from ..choices import Meaning
from ..models import Conversation, ConversationTheme, Reaction, SearchMiss
from .lists import about

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.skills.models import Theme


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


def themes_of(numbers: Collection[int]) -> dict[int, list[int]]:
    """By exchange, its themes, in their author's order. One query."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = ConversationTheme.objects.filter(conversation__in=list(numbers)).order_by("position")
    for conversation, theme in rows.values_list("conversation_id", "theme_id"):
        found[conversation].append(theme)
    return found


def helpful_among(numbers: Iterable[int]) -> set[int]:
    """Of these, those in which somebody said of a message by another that it helped. One query."""
    thanks = Reaction.objects.filter(
        contribution__conversation__in=list(numbers),
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
