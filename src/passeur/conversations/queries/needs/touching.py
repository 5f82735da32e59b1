"""From what happened to the things it may have changed the need of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from ...choices import State
from ...models import Contribution, Conversation, ConversationTheme, Reaction


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation and its community."""

    community: int
    conversation: int


_TOUCHED = """
select c.community_id, c.id from conversations_conversation c where c.id = any(%(ids)s)
union
select c.community_id, other.id from conversations_conversation c
cross join lateral (
    select id from conversations_conversation
    where author_id = c.author_id and community_id = c.community_id and id <> c.id
    and (state = %(waiting)s or (first_reply_at is null and closed_at is null))
    order by created_at desc limit 3
) other
where c.id = any(%(ids)s)
"""


def touched_with(ids: Iterable[int]) -> list[Place]:
    """These conversations, and up to three others of the same person that wait: whether somebody has
    *another* that waits changes for those only when there are so few of them. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, {"ids": list(ids), "waiting": State.WAITING})
        return [Place(*row) for row in cursor.fetchall()]


_UNHEARD = """
select one.community, mine.id from unnest(%s::bigint[], %s::bigint[]) as one(community, member)
cross join lateral (
    select id from conversations_conversation
    where author_id = one.member and community_id = one.community
    and first_reply_at is null and closed_at is null
    order by created_at limit 3
) mine
"""


def unheard_by(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """(community, conversation): what these members wrote first there that nobody replied to. One query."""
    some = list(pairs)
    if not some:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_UNHEARD, [[place[0] for place in some], [place[1] for place in some]])
        return [(row[0], row[1]) for row in cursor.fetchall()]


def themes_of(conversations: Iterable[int]) -> list[tuple[int, int]]:
    """(community, theme) of these conversations. One query."""
    rows = ConversationTheme.objects.filter(conversation__in=list(conversations)).order_by()
    return list(rows.values_list("conversation__community", "theme").distinct())


def themes_by_author(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """(community, theme) of what these members wrote last there. One query a member."""
    found = set()
    for community, member in pairs:
        mine = Conversation.objects.filter(author=member, community=community).order_by("-created_at")
        found.update(themes_of(mine.values_list("pk", flat=True)[:100]))
    return sorted(found)


def people_of_contributions(contributions: Iterable[int]) -> list[tuple[int, int]]:
    """(community, member): who wrote these texts and to whom. One query."""
    rows = Contribution.objects.filter(pk__in=list(contributions)).values_list(
        "conversation__community", "author", "conversation__author", "parent__author"
    )
    return sorted({(row[0], member) for row in rows for member in row[1:] if member is not None})


def people_of_conversations(conversations: Iterable[int]) -> list[tuple[int, int]]:
    """(community, member): all who wrote or reacted in these conversations and can sign in. Two queries."""
    some = list(conversations)
    wrote = Contribution.objects.filter(conversation__in=some).exclude(author__email=None)
    reacted = Reaction.objects.filter(contribution__conversation__in=some).exclude(member__email=None)
    return sorted(
        {
            *wrote.order_by().values_list("conversation__community", "author").distinct(),
            *reacted.order_by().values_list("contribution__conversation__community", "member").distinct(),
        }
    )


def places_of_contributions(contributions: Iterable[int]) -> list[tuple[int, int]]:
    """(community, contribution). One query."""
    rows = Contribution.objects.filter(pk__in=list(contributions)).order_by()
    return list(rows.values_list("conversation__community", "pk"))


def helpful_in(conversations: Iterable[int]) -> list[tuple[int, int]]:
    """(community, contribution) of texts in these conversations that somebody reacted to. One query."""
    rows = Reaction.objects.filter(contribution__conversation__in=list(conversations)).order_by()
    return list(rows.values_list("contribution__conversation__community", "contribution").distinct())


def awaiting_reply(community: int) -> list[int]:
    """Conversations there whose first reply, or next one, is due by the community's goal. Two queries."""
    waiting = Conversation.objects.filter(community=community, state__in=(State.WAITING, State.REPLIED))
    unheard = Conversation.objects.filter(community=community, state=State.OPEN, first_reply_at=None)
    return [*waiting.values_list("pk", flat=True), *unheard.values_list("pk", flat=True)]
