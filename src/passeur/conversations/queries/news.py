"""What is new around somebody, in bounded reads: the newest few of each place, never a whole table.

Rows are plain facts of conversations; who may read them is decided where they are shown (`shown`).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Q, QuerySet

from passeur.communities import policies as communities
from passeur.foundation.prepared import Asked, prepared
from passeur.recommendations import queries as recommendations

from .. import policies
from ..choices import Kind, Part, State
from ..models import Contribution, Conversation, ConversationTheme, ReadMark
from . import lists, texts

if TYPE_CHECKING:
    from passeur.accounts.models import Member

LOOKED_AT = 500
"""The newest of the conversations that somebody follows, or was named in, that are looked at."""
UNHELPED = (State.WAITING, State.REPLIED, State.NOT_HELPED)
"""States in which a question still needs somebody."""

_COLUMNS = """
    c.id, c.community_id, c.kind, c.state, c.author_id, c.created_at, c.last_activity_at,
    c.accepted_at, c.accepted_answer_id
"""


@dataclass(frozen=True, slots=True)
class News:
    """The facts of a conversation that say whether it is news; times are moments, never how long ago."""

    conversation: int
    community: int
    kind: Kind
    state: State
    author: int
    created_at: dt.datetime
    active_at: dt.datetime
    accepted_at: dt.datetime | None
    accepted: int | None

    @property
    def needs_somebody(self) -> bool:
        return self.kind == Kind.QUESTION and self.state in UNHELPED


@dataclass(frozen=True, slots=True)
class Message:
    """A contribution that is news for somebody: which one, when, and whether it answers."""

    conversation: int
    contribution: int
    at: dt.datetime
    part: Part


@dataclass(frozen=True, slots=True)
class Likeness:
    """What ties the author of a text to somebody: the same trade, the same place of work."""

    author: int
    name: str
    job: str
    site: str


def _news(statement: str, values: dict[str, Any]) -> list[tuple[Any, News]]:
    """Rows of a key and the columns of `News`."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    return [
        (key, News(pk, community, Kind(kind), State(state), *rest))
        for key, pk, community, kind, state, *rest in rows
    ]


# The newest by key stand for the newest: keys follow time, but for archives that came in later, whose old
# conversations are then dropped by their date. They are asked for together: one by one, each of some hundreds
# would go down the index from its root.
_ON_THEMES = f"""
with newest as materialized (
    select t.theme, n.conversation_id
    from unnest(%(themes)s::bigint[]) as t(theme)
    cross join lateral (
        select conversation_id from conversations_conversationtheme
        where theme_id = t.theme order by conversation_id desc limit %(each)s
    ) n
)
select newest.theme, {_COLUMNS}
from conversations_conversation c
join newest on newest.conversation_id = c.id
where c.id = any(array(select conversation_id from newest))
    and (c.created_at > %(since)s or c.accepted_at > %(since)s)
"""  # noqa: S608 - made of the constant above


def on_themes(themes: Collection[int], since: dt.datetime, *, each: int) -> list[tuple[int, News]]:
    """Of the newest `each` conversations on each theme, those begun or resolved since then. One query."""
    if not themes:
        return []
    return _news(_ON_THEMES, {"themes": list(themes), "since": since, "each": each})


# The state and the partial indexes each give the newest few of a community without looking at the rest.
_TOLD = f"""
select 'told', {_COLUMNS}
from unnest(%(communities)s::bigint[]) as k(community)
cross join lateral (
    select * from conversations_conversation
    where community_id = k.community and kind in ('experience', 'announcement') and created_at > %(since)s
    order by created_at desc limit %(each)s
) c
union all
select 'resolved', {_COLUMNS}
from unnest(%(communities)s::bigint[]) as k(community)
cross join lateral (
    select * from conversations_conversation
    where community_id = k.community and accepted_at > %(since)s
    order by accepted_at desc limit %(each)s
) c
union all
select 'open', {_COLUMNS}
from unnest(%(communities)s::bigint[]) as k(community)
cross join unnest(array['waiting', 'replied', 'not_helped']) as s(state)
cross join lateral (
    select * from conversations_conversation
    where community_id = k.community and state = s.state and last_activity_at > %(since)s
    order by last_activity_at desc, id desc limit %(each)s
) c
"""  # noqa: S608 - made of the constant above


def in_communities(communities: Collection[int], since: dt.datetime, *, each: int) -> list[tuple[str, News]]:
    """The newest experiences and announcements (`told`), resolved questions (`resolved`), and questions that
    need somebody (`open`) of each community. One query.
    """
    if not communities:
        return []
    return _news(_TOLD, {"communities": list(communities), "since": since, "each": each})


_LATELY = f"""
select k.community, {_COLUMNS}
from unnest(%(communities)s::bigint[]) as k(community)
cross join lateral (
    select * from conversations_conversation
    where community_id = k.community and last_activity_at > %(since)s
    order by last_activity_at desc, id desc limit %(each)s
) c
"""  # noqa: S608 - made of the constant above


def lately(communities: Collection[int], since: dt.datetime, *, each: int) -> list[News]:
    """The conversations of each community in which something was written last, whatever it was. One query."""
    if not communities:
        return []
    found = _news(_LATELY, {"communities": list(communities), "since": since, "each": each})
    return [news for _community, news in found]


# « own » and « followed » in one statement: both end in the newest message that somebody else wrote.
_MESSAGES = """
with chosen as (
    (select 'own' as why, id from conversations_conversation
     where author_id = %(member)s and last_activity_at > %(since)s
     order by last_activity_at desc limit %(most)s)
    union all
    select 'followed', c.id
    from (select conversation_id from conversations_follow
          where member_id = %(member)s order by id desc limit %(looked_at)s) f
    join conversations_conversation c on c.id = f.conversation_id
    where c.last_activity_at > %(since)s and c.author_id <> %(member)s
)
select chosen.why, chosen.id, k.id, k.created_at, k.part
from chosen
cross join lateral (
    select k.id, k.created_at, k.part from conversations_contribution k
    join accounts_member m on m.id = k.author_id
    where k.conversation_id = chosen.id and k.created_at > %(since)s and k.deleted_at is null
      and k.author_id <> %(member)s and not m.is_machine and k.part <> 'opening'
    order by (k.part = 'answer') desc, k.created_at desc limit 1
) k
union all
select 'named', k.conversation_id, k.id, k.created_at, k.part
from (select contribution_id from conversations_mention
      where member_id = %(member)s order by contribution_id desc limit %(looked_at)s) n
join conversations_contribution k on k.id = n.contribution_id
where k.created_at > %(since)s and k.deleted_at is null and k.author_id <> %(member)s
"""


def messages_for(member: Member, since: dt.datetime, *, most: int = 100) -> dict[str, list[Message]]:
    """What others wrote since then, by why it concerns `member`, in one query.

    `own`: in a conversation that they began; `followed`: in one that they follow; `named`: their name is in
    it. One message a conversation for the first two: an answer rather than a comment, the latest.
    """
    values: dict[str, Any] = {"member": member.pk, "since": since, "most": most, "looked_at": LOOKED_AT}
    found: defaultdict[str, list[Message]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_MESSAGES, values)
        for why, conversation, contribution, at, part in cursor.fetchall():
            found[why].append(Message(conversation, contribution, at, Part(part)))
    return found


def read_until(member: Member, conversations: Iterable[int]) -> dict[int, dt.datetime]:
    """By conversation, how far `member` read it; those never opened are not there. One query."""
    return dict(_read(member=member.pk, conversations=list(conversations)))


@prepared
def _read(member: Asked, conversations: Asked) -> QuerySet[ReadMark, Any]:
    rows = ReadMark.objects.filter(member=member, conversation__among=conversations)
    return rows.values_list("conversation_id", "read_until")


def themes_of(conversations: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """By conversation, (key, path) of its themes, in the author's order. One query."""
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for pk, theme, path in _themes(conversations=list(conversations)):
        found[pk].append((theme, path))
    return found


@prepared
def _themes(conversations: Asked) -> QuerySet[ConversationTheme, Any]:
    rows = ConversationTheme.objects.filter(conversation__among=conversations)
    in_order = rows.order_by("conversation_id", "position")
    return in_order.values_list("conversation_id", "theme_id", "theme__path")


def shown(member: Member, conversations: Iterable[int]) -> dict[int, Conversation]:
    """Those that `member` may read and that still have their opening, with all that an entry shows.

    Two queries.
    """
    rows = _standing(keys=list(conversations), communities=communities.visible_keys(member))
    return {row.pk: row for row in lists.bring_themes(rows)}


@prepared
def _standing(keys: Asked, communities: Asked) -> QuerySet[Conversation]:
    standing = Q(contributions__part=Part.OPENING, contributions__deleted_at=None)
    rows = Conversation.objects.filter(policies.in_communities(communities), standing, pk__among=keys)
    return rows.filter(community__archived_at=None).select_related("author", "community", "accepted_answer")


def passages(
    member: Member, conversations: Collection[int], contributions: Collection[int]
) -> dict[int, Contribution]:
    """Openings of these conversations, and these contributions, by key; what was taken out is not there.

    One query; only visible ones, with their authors.
    """
    seen = communities.visible_keys(member)
    rows = _passages(texts=list(contributions), openings=list(conversations), communities=seen)
    return {row.pk: row for row in rows}


@prepared
def _passages(texts: Asked, openings: Asked, communities: Asked) -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(
        Q(pk__among=texts) | Q(conversation__among=openings, part=Part.OPENING),
        policies.in_communities(communities, "conversation__"),
        deleted_at=None,
    )
    return rows.select_related("author", "conversation")


def likenesses(people: Collection[int], like: Member) -> dict[int, Likeness]:
    """Those of `people` whose trade or place of work is also `like`'s, by key. One query."""
    same = Q(pk__in=[])
    if like.job:
        same |= Q(job__iexact=like.job)
    if like.site:
        same |= Q(site__iexact=like.site)
    if not people or not same:
        return {}
    rows = get_user_model()._default_manager.filter(same, pk__in=people, is_machine=False, erased_at=None)
    return {
        pk: Likeness(
            pk,
            name,
            job if job.casefold() == like.job.casefold() else "",
            site if site.casefold() == like.site.casefold() else "",
        )
        for pk, name, job, site in rows.values_list("pk", "name", "job", "site")
    }


@dataclass(frozen=True, slots=True)
class AskedNear:
    """Somebody's question close to a resolved one: what solved that one may help them."""

    member: int
    question: int


def asked_near(conversation_id: int, *, limit: int = 8) -> list[AskedNear]:
    """Who asked, in the same community, something close to a resolved question and is not helped yet.

    For jobs: text vectors may take a while. Visibility is checked when it is shown.
    """
    documents = texts.questions([conversation_id])
    if not documents:
        return []
    document = documents[0]
    close = recommendations.closest(
        kind=texts.KIND,
        scope=document.scope,
        title=document.title,
        text=document.text,
        labels=document.labels,
        leave_out=(conversation_id,),
        limit=limit,
    )
    rows = Conversation.objects.filter(
        pk__in=[found.object_id for found in close if found.very_close], state__in=UNHELPED
    ).exclude(author__conversations=conversation_id)
    return [
        AskedNear(author, pk)
        for pk, author in rows.filter(author__is_machine=False).values_list("pk", "author_id")
    ]
