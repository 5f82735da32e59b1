"""Lists of conversations: what a member may see, narrowed by what they ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from passeur.communities import policies as belonging
from passeur.foundation.prepared import Asked, prepared
from passeur.skills import queries as skills

from .. import policies
from ..choices import Kind, State
from ..models import Contribution, Conversation, ConversationTheme, Mention, ReadMark, Spotlight, StateCount

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.skills.models import Theme

PAGE_SIZE = 25
listed_by = ("-last_activity_at", "-pk")
NAMED_LATELY = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a list. An empty field does not narrow; values are checked by the form."""

    community: Community | None = None
    theme: Theme | None = None
    kind: Kind | None = None
    state: State | None = None
    mine: bool = False


def without_state(filters: Filters) -> Filters:
    """The same filters, in any state."""
    return replace(filters, state=None)


def visible(member: Member) -> QuerySet[Conversation]:
    """All conversations that `member` may see."""
    return Conversation.objects.filter(policies.visible_to(member))


def to_show(member: Member, pk: int) -> Conversation | None:
    """One that `member` may see, with its community. One query."""
    if not member.is_authenticated or not member.is_active:
        return None
    return next(iter(_by_key(pk=pk, member=member.pk)), None)


@prepared
def _by_key(pk: Asked, member: Asked) -> QuerySet[Conversation]:
    return Conversation.objects.filter(policies.readable_by(member), pk=pk).select_related("community")


def listed(member: Member, filters: Filters) -> QuerySet[Conversation]:
    """The conversations of a list page, newest activity first, with all that a row shows."""
    rows = narrowed(visible(member), filters, member)
    rows = rows.select_related("author", "community").prefetch_related("themes")
    return as_listed(rows, member.pk)


def as_listed(rows: QuerySet[Conversation], member: Asked) -> QuerySet[Conversation]:
    """In the order of a list, each with whether it has news (`has_news`) for that member (key)."""
    unread = ReadMark.objects.filter(
        conversation=OuterRef("pk"), member=member, read_until__lt=OuterRef("last_activity_at")
    )
    return rows.annotate(has_news=Exists(unread)).order_by(*listed_by)


def bring_themes(conversations: list[Conversation]) -> list[Conversation]:
    """The same, with their themes, as `prefetch_related` brings them. One query."""
    found: dict[int, list[Theme]] = {conversation.pk: [] for conversation in conversations}
    for link in _themes_of(conversations=list(found)):
        found[link.conversation_id].append(link.theme)
    for conversation in conversations:
        vars(conversation).setdefault("_prefetched_objects_cache", {})["themes"] = found[conversation.pk]
    return conversations


@prepared
def _themes_of(conversations: Asked) -> QuerySet[ConversationTheme]:
    links = ConversationTheme.objects.filter(conversation__among=conversations)
    return links.select_related("theme").order_by("theme__name")


def spoken_of(member: Member, communities: Collection[int], *, latest: int) -> dict[int, int]:
    """How many of the `latest` conversations of these communities are on each theme (key). One query."""
    seen = visible(member).filter(community__in=communities).order_by(*listed_by)
    links = ConversationTheme.objects.filter(conversation__in=seen.values("pk")[:latest])
    return dict(links.values_list("theme").annotate(number=Count("pk")))


def narrowed(rows: QuerySet[Conversation], filters: Filters, member: Member) -> QuerySet[Conversation]:
    """Apply the filters. A theme brings its descendants."""
    if filters.community is not None:
        rows = rows.filter(community=filters.community)
    if filters.theme is not None:
        rows = rows.filter(pk__in=about(filters.theme))
    if filters.kind is not None:
        rows = rows.filter(kind=filters.kind)
    if filters.state is not None:
        rows = rows.filter(state=filters.state)
    if filters.mine:
        rows = rows.filter(Q(author=member) | Q(follows__member=member)).distinct()
    return rows


def about(theme: Theme) -> QuerySet[Conversation, int]:
    """The ids of conversations on a theme or on one below it."""
    return Conversation.objects.filter(theme_links__theme__in=skills.with_descendants(theme)).values_list(
        "pk", flat=True
    )


def counts_by_state(member: Member, filters: Filters) -> dict[str, int]:
    """How many conversations are in each state, under all the other filters: the figures on the tabs.

    Where nothing narrows but, maybe, the community, they are kept, and none is counted.
    """
    if filters == Filters(community=filters.community):
        seen = belonging.visible_keys(member)
        if filters.community is not None:
            seen = [key for key in seen if key == filters.community.pk]
        return dict(_kept_counts(communities=seen))
    rows = narrowed(visible(member), filters, member)
    # A conversation stands once in these rows, except where follows were joined.
    return dict(rows.order_by().values_list("state").annotate(n=Count("pk", distinct=filters.mine)))


@prepared
def _kept_counts(communities: Asked) -> QuerySet[StateCount, Any]:
    rows = StateCount.objects.filter(policies.in_communities(communities)).order_by()
    return rows.values_list("state").annotate(n=Sum("n")).exclude(n=0)


def naming_among(
    rows: QuerySet[Conversation], member: Asked, since: Asked, *, most: int = 3
) -> QuerySet[Conversation]:
    """Where somebody named `member` (key) since then and they have not read it yet, the latest first.

    Not for ever (`NAMED_LATELY`): what came with an import names people in texts of years ago.
    """
    read = ReadMark.objects.filter(
        conversation=OuterRef("contribution__conversation"),
        member=member,
        read_until__gte=OuterRef("contribution__created_at"),
    )
    named = Mention.objects.filter(
        ~Exists(read), member=member, contribution__deleted_at=None, contribution__created_at__gte=since
    )
    here = rows.filter(pk__in=named.values("contribution__conversation"))
    return here.order_by(*listed_by)[:most]


def spotlights(community: Community, *, most: int = 3) -> QuerySet[Spotlight]:
    """What is shown on the first page of a community, newest first."""
    return Spotlight.objects.filter(
        contribution__conversation__community=community, contribution__deleted_at=None
    ).select_related("contribution__conversation", "contribution__author", "by")[:most]


def contribution(member: Member, pk: int) -> Contribution | None:
    """A contribution that `member` may read, with its conversation."""
    return (
        Contribution.objects.filter(policies.visible_to(member, "conversation__"), pk=pk)
        .select_related("conversation__community", "author")
        .first()
    )


def counts_by_community(member: Member, communities: Iterable[Community]) -> dict[tuple[int, str], int]:
    """By (community, state), how many conversations `member` may see. One query."""
    seen = set(belonging.visible_keys(member))
    rows = _counts(communities=[community.pk for community in communities if community.pk in seen])
    return {(community, state): n for community, state, n in rows}


@prepared
def _counts(communities: Asked) -> QuerySet[StateCount, Any]:
    rows = StateCount.objects.filter(policies.in_communities(communities)).order_by()
    return rows.values_list("community", "state").annotate(n=Sum("n")).exclude(n=0)


def by_key(key: int) -> Conversation | None:
    """A conversation with its community, whoever asks: the policy comes after."""
    return Conversation.objects.select_related("community").filter(pk=key).first()
