"""What communities need, as far as their conversations show it: the facts under the manager's cues."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Sum

from passeur.communities.choices import Role
from passeur.communities.queries.scopes import current_memberships

from ..choices import Kind, Meaning, Part, State
from ..models import Contribution, Conversation, ConversationTheme, Reaction, SearchMiss, Spotlight

if TYPE_CHECKING:
    from passeur.communities.models import Community

Communities = Iterable["Community"]


def in_state(communities: Communities, *states: State) -> QuerySet[Conversation]:
    """Conversations in one of the states, with their author, the one longest in it first."""
    return (
        Conversation.objects.filter(community__in=communities, state__in=states)
        .select_related("author")
        .order_by("turn_since", "pk")
    )


def waiting_since(communities: Communities, since: dt.datetime) -> QuerySet[Conversation]:
    """Conversations of any kind started since then that nobody but their author wrote in."""
    return (
        Conversation.objects.filter(
            community__in=communities, first_reply_at=None, created_at__gte=since, closed_at=None
        )
        .select_related("author")
        .order_by("created_at", "pk")
    )


@dataclass(frozen=True, slots=True)
class Participation:
    """What ties one member to others in one community. Counts are of messages, never of time."""

    written: int = 0
    last_at: dt.datetime | None = None
    given: int = 0
    received: int = 0

    @property
    def has_exchanged(self) -> bool:
        """A tie in or out: replied to somebody, or got a reply or a reaction from somebody."""
        return self.given > 0 or self.received > 0


def participation(communities: Communities) -> dict[tuple[int, int], Participation]:
    """By (community, member), for those with an account who wrote or reacted. Five queries, whatever their
    number; what imported people did among themselves is not read.
    """
    communities = list(communities)
    people = current_memberships(communities).values("member")
    found: dict[tuple[int, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    last_at: dict[tuple[int, int], dt.datetime] = {}
    told = Contribution.objects.filter(conversation__community__in=communities, deleted_at=None)
    to_others = ~Q(conversation__author=F("author")) | (~Q(parent=None) & ~Q(parent__author=F("author")))
    wrote = (
        told.filter(author__in=people)
        .values_list("conversation__community", "author")
        .annotate(
            n=Count("pk"),
            last=Max("created_at"),
            given=Count("pk", filter=to_others),
        )
    )
    for community, member, n, last, given in wrote.order_by():
        found[community, member] |= {"written": n, "given": given}
        last_at[community, member] = last
    for ties, column, direction in _ties(told, communities, people):
        counted = ties.order_by().values_list(*column).annotate(n=Count("pk"))
        for community, member, n in counted:
            found[community, member][direction] += n
    return {
        key: Participation(
            written=counts["written"],
            last_at=last_at.get(key),
            given=counts["given"],
            received=counts["received"],
        )
        for key, counts in found.items()
    }


def _ties(
    told: QuerySet[Contribution], communities: list[Community], people: QuerySet[Any, Any]
) -> list[tuple[QuerySet[Any], tuple[str, str], str]]:
    """What ties people: rows, the columns of (community, member), and the direction seen from the member."""
    others = told.exclude(author__is_machine=True)
    replies = others.exclude(part=Part.OPENING).exclude(conversation__author=F("author"))
    comments = others.exclude(parent=None).exclude(parent__author=F("author"))
    reactions = Reaction.objects.filter(contribution__conversation__community__in=communities)
    here, there = "conversation__community", "contribution__conversation__community"
    return [
        (replies.filter(conversation__author__in=people), (here, "conversation__author"), "received"),
        (comments.filter(parent__author__in=people), (here, "parent__author"), "received"),
        (reactions.filter(contribution__author__in=people), (there, "contribution__author"), "received"),
        (reactions.filter(member__in=people), (there, "member"), "given"),
    ]


@dataclass(frozen=True, slots=True)
class ThemeActivity:
    """Conversations started on a theme: in the last seven days, discussions opened by an LCM among them, and
    in the eight weeks before.
    """

    theme: int
    name: str
    slug: str
    community: int
    recent: int
    before: int
    authors: int
    discussions: int

    @property
    def usual(self) -> float:
        """A usual week, by the eight before."""
        return self.before / 8


def theme_activity(communities: Communities, now: dt.datetime) -> list[ThemeActivity]:
    """Each theme that somebody wrote on in the last seven days."""
    week, before = now - dt.timedelta(days=7), now - dt.timedelta(days=63)
    recent = Q(conversation__created_at__gte=week)
    leading = current_memberships(communities).filter(role=Role.LCM).values("member")
    gathers = recent & Q(conversation__kind=Kind.DISCUSSION, conversation__author__in=leading)
    rows = (
        ConversationTheme.objects.filter(
            conversation__community__in=communities,
            conversation__created_at__gte=before,
            conversation__author__is_machine=False,
            theme__merged_into=None,
        )
        .values("theme", "theme__name", "theme__slug", "conversation__community")
        .annotate(
            recent=Count("conversation", filter=recent),
            authors=Count("conversation__author", filter=recent, distinct=True),
            discussions=Count("conversation", filter=gathers),
            before=Count("conversation", filter=~recent),
        )
        .filter(recent__gt=0)
    )
    return [
        ThemeActivity(
            theme=row["theme"],
            name=row["theme__name"],
            slug=row["theme__slug"],
            community=row["conversation__community"],
            recent=row["recent"],
            before=row["before"],
            authors=row["authors"],
            discussions=row["discussions"],
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Missed:
    """Words that were searched in vain, and how often."""

    community: int
    folded: str
    words: str
    times: int
    first_day: dt.date


def missed_searches(communities: Communities, since: dt.date, *, least: int) -> list[Missed]:
    """Searches without result since that day, made at least so often, most often first."""
    rows = (
        SearchMiss.objects.filter(community__in=communities, day__gte=since)
        .values("community", "folded")
        .annotate(n=Sum("times"), first=Min("day"), shown=Max("words"))
        .filter(n__gte=least)
        .order_by("-n", "folded")
    )
    return [Missed(row["community"], row["folded"], row["shown"], row["n"], row["first"]) for row in rows]


def worth_showing(communities: Communities, since: dt.datetime, *, least: int) -> QuerySet[Contribution]:
    """Texts written by people since then that helped at least so many others, and are not shown yet."""
    helped = Count(
        "reactions__member",
        filter=Q(reactions__meaning__in=(Meaning.HELPS, Meaning.LIVED, Meaning.THANKS)),
        distinct=True,
    )
    shown = Spotlight.objects.filter(contribution=OuterRef("pk"))
    answers = Q(part=Part.ANSWER) | Q(part=Part.OPENING, conversation__kind=Kind.EXPERIENCE)
    return (
        Contribution.objects.filter(
            answers,
            conversation__community__in=communities,
            author__is_machine=False,
            deleted_at=None,
            created_at__gte=since,
        )
        .annotate(helped=helped, is_shown=Exists(shown))
        .filter(helped__gte=least, is_shown=False)
        .select_related("author", "conversation")
        .order_by("-helped", "pk")
    )


def last_contributions(
    communities: Communities, members: Iterable[int]
) -> dict[tuple[int, int], Contribution]:
    """The last text of each of those members in each community, with its conversation. One query."""
    rows = (
        Contribution.objects.filter(
            conversation__community__in=communities, author__in=list(members), deleted_at=None
        )
        .order_by("conversation__community_id", "author_id", "-created_at", "-pk")
        .distinct("conversation__community_id", "author_id")
        .select_related("conversation")
    )
    return {(row.conversation.community_id, row.author_id): row for row in rows}


def answers_by(conversations: Iterable[int]) -> dict[int, list[Contribution]]:
    """The answers of those questions, newest first, with their authors. One query."""
    grouped: dict[int, list[Contribution]] = defaultdict(list)
    rows = Contribution.objects.filter(
        conversation__in=list(conversations), part=Part.ANSWER, deleted_at=None
    ).select_related("author")
    for row in rows.order_by("-created_at", "-pk"):
        grouped[row.conversation_id].append(row)
    return grouped
