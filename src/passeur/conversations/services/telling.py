"""Telling the room of measures how exchanges stand: what `states` judged, and nothing that anybody wrote."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import F, Func, IntegerField, Min, OuterRef, Subquery, Value

from passeur.communities import queries as communities
from passeur.communities.queries.quiet_hours import QuietHours
from passeur.engagement.services import Told, follow_exchanges

from ..choices import ASKING, Part, State
from ..models import Contribution, Conversation, ConversationTheme
from ..queries.worked import Worked, worked
from .untold import Untold, in_batches


class _Goal(NamedTuple):
    """The clock of a community, asked once for all of its exchanges."""

    quiet: QuietHours
    awaited: dt.timedelta


def tell(conversation_ids: Iterable[int]) -> None:
    """These exchanges changed, or are gone. Telling them again changes nothing."""
    in_batches(conversation_ids, _tell)


def tell_community(community: int) -> None:
    """The goal or the clock of a community changed: all of its replies fall due elsewhen."""
    tell(Conversation.objects.filter(community=community).values_list("pk", flat=True))


UNTOLD = Untold(
    """
    NOT EXISTS (SELECT FROM engagement_exchange e WHERE e.number = c.id AND e.reached IS NOT NULL)
    AND EXISTS (
        SELECT FROM conversations_contribution o
         WHERE o.conversation_id = c.id AND o.part = %s AND o.deleted_at IS NULL
    )
    """,
    [Part.OPENING.value],
)


def tell_untold() -> int:
    """Those that were there before anybody asked, or asked for as much as now; how many."""
    return UNTOLD.told(_tell)


def _tell(ids: Sequence[int]) -> None:
    opening = Contribution.objects.filter(
        conversation=OuterRef("pk"), part=Part.OPENING, deleted_at__isnull=True
    )
    found = list(
        Conversation.objects.filter(pk__in=ids)
        .annotate(opening_words=Subquery(opening.annotate(words=_words("body")).values("words")))
        .filter(opening_words__isnull=False)
        .select_related("community", "author", "channel", "accepted_answer__author")
    )
    themes: dict[int, list[int]] = defaultdict(list)
    for key, theme in ConversationTheme.objects.filter(conversation__in=found).values_list(
        "conversation_id", "theme_id"
    ):
        themes[key].append(theme)
    wrote: dict[int, dict[int, dt.datetime]] = defaultdict(dict)
    erased: set[int] = set()
    written = Contribution.objects.filter(conversation__in=found, deleted_at=None, author__is_machine=False)
    for key, author, erased_at, first in written.values_list(
        "conversation_id", "author_id", "author__erased_at"
    ).annotate(first=Min("created_at")):
        wrote[key][author] = first
        if erased_at is not None:
            erased.add(author)
    became = worked(found, wrote)
    goals: dict[int, _Goal] = {}
    for one in found:
        goals.setdefault(
            one.community_id,
            _Goal(communities.quiet_hours(one.community), dt.timedelta(hours=one.community.first_reply_goal)),
        )
    follow_exchanges(
        [
            _told(
                one,
                goals[one.community_id],
                themes[one.pk],
                {author: first for author, first in wrote[one.pk].items() if author not in erased},
                became[one.pk],
                words=one.opening_words,
            )
            for one in found
        ],
        gone=set(ids) - {one.pk for one in found},
    )


def _words(body: str) -> Func:
    return Func(F(body), Value(r"\S+"), function="regexp_count", output_field=IntegerField())


def _told(
    one: Conversation,
    goal: _Goal,
    themes: Sequence[int],
    people: dict[int, dt.datetime],
    became: Worked,
    *,
    words: int,
) -> Told:
    answer = one.accepted_answer
    return Told(
        number=one.pk,
        community=one.community_id,
        kind=one.kind,
        asks=one.kind in ASKING,
        asked_at=one.created_at,
        state=one.state,
        is_resolved=one.state == State.RESOLVED,
        asker=one.author_id if one.author_id in people else None,
        themes=themes,
        replied_at=one.first_reply_at,
        due_at=goal.quiet.after(one.created_at, goal.awaited),
        accepted_at=one.accepted_at if answer is not None and answer.deleted_at is None else None,
        closed_at=one.closed_at,
        helper=answer.author_id if answer is not None and answer.author_id in people else None,
        is_helpful=became.is_helpful,
        # What a demonstration was made of is no place that anybody knows.
        channel=one.channel_id if one.channel is not None and one.channel.kind != "demo" else None,
        words=words,
        reached=len(became.people),
        is_useful=became.is_useful,
        participants=people,
    )
