"""The past of a community as evidence of who can answer what: nothing of it was known before it happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from passeur.algorithms.routing.evidence import Acceptance, AskedQuestion, DayVotes, GivenAnswer, Past, Themes
from passeur.foundation import lasting
from passeur.foundation.markdown import to_text
from passeur.skills import queries as skills

from ..choices import Kind, Meaning, Part
from ..models import Contribution, Conversation, ConversationTheme, Mention, OutsideVote, Reaction, Revision
from ..models.titles import TakenOut

if TYPE_CHECKING:
    from passeur.communities.models import Community

EXCHANGES = (Kind.QUESTION, Kind.DISCUSSION)
"""Kinds in which whoever replies shows what they know: in a chat, much of what is asked looks like a talk."""
ENDORSING = (Meaning.HELPS, Meaning.LIVED, Meaning.THANKS)

_KINDS = [str(kind) for kind in EXCHANGES]
_ONE = f"""
select o.author_id, o.created_at, c.title, o.html, r.title, r.body,
    array(
        select theme_id from conversations_conversationtheme where conversation_id = c.id order by position
    ),
    array(select member_id from conversations_mention where contribution_id = o.id order by id),
    array(
        select distinct author_id from conversations_contribution
        where conversation_id = c.id and deleted_at is null
            and (part = '{Part.ANSWER}' or part = '{Part.REPLY}' and c.kind = '{Kind.DISCUSSION}')
    )
from conversations_conversation c
join conversations_contribution o on o.conversation_id = c.id and o.part = '{Part.OPENING}'
left join conversations_revision r on r.contribution_id = o.id and r.version = 1
where c.id = %(conversation)s::bigint and c.kind = any(%(kinds)s::text[])
"""  # noqa: S608 - states and numbers of ours


def past(community: Community, only: Collection[int] | None = None) -> Past:
    """Exchanges, what other people replied, votes by day, acceptances and the tree of themes.

    An exchange is a question or a discussion; to routing each is a question, and each reply an answer.
    With `only`, the exchanges among those conversations and what belongs to them.
    """
    exchanges = Conversation.objects.filter(community=community, kind__in=EXCHANGES)
    if only is not None:
        exchanges = exchanges.filter(pk__in=only)
    answers = _answers(exchanges)
    return Past(
        community=community.slug,
        questions=tuple(_asked(exchanges)),
        answers=tuple(
            GivenAnswer(id=pk, question=question, author=author, at=at.timestamp(), text=to_text(html))
            for pk, question, author, at, html in answers.values_list(
                "pk", "conversation_id", "author_id", "created_at", "html"
            ).iterator(2000)
        ),
        votes=tuple(_votes(answers)),
        acceptances=tuple(
            Acceptance(answer=answer, at=at.timestamp())
            for answer, at in exchanges.filter(accepted_answer__deleted_at=None)
            .exclude(accepted_answer=None)
            .values_list("accepted_answer_id", Coalesce(F("accepted_at"), F("accepted_answer__created_at")))
        ),
        themes=Themes(parents=skills.parents(community)),
    )


def asked_once(conversation_id: int) -> tuple[AskedQuestion, frozenset[int]] | None:
    """One exchange as `past` tells it, and who gave something to it. One statement; None if it is none."""
    rows = lasting.fetched(_ONE, {"conversation": conversation_id, "kinds": _KINDS})
    if not rows:
        return None
    author, at, title, html, first_title, first_body, themes, mentions, answerers = rows[0]
    question = AskedQuestion(
        id=conversation_id,
        asker=author,
        asked_at=at.timestamp(),
        title=first_title or title,
        text=to_text(first_body or html),
        themes=tuple(themes),
        mentions=tuple(mentions),
    )
    return question, frozenset(answerers)


def _answers(exchanges: QuerySet[Conversation]) -> QuerySet[Contribution]:
    """What other people, not machines, gave to those exchanges: answers, and in a discussion each message.

    An account that was closed where it came from is a name, and nobody who could be asked.
    """
    closed_elsewhere = Q(author__is_active=False, author__email=None)
    given = Q(part=Part.ANSWER) | Q(part=Part.REPLY, conversation__kind=Kind.DISCUSSION)
    return Contribution.objects.filter(
        given, conversation__in=exchanges, deleted_at=None, author__is_machine=False
    ).exclude(closed_elsewhere | Q(author_id=F("conversation__author_id")))


def _asked(exchanges: QuerySet[Conversation]) -> Iterator[AskedQuestion]:
    """The exchanges as they were first written."""
    first = Revision.objects.filter(contribution=OuterRef("pk"), version=1)
    openings = (
        Contribution.objects.filter(conversation__in=exchanges, part=Part.OPENING)
        .annotate(first_title=Subquery(first.values("title")[:1]))
        .annotate(first_body=Subquery(first.values("body")[:1]))
    )
    themes: dict[int, list[int]] = {}
    links = ConversationTheme.objects.filter(conversation__in=exchanges).order_by("position")
    for conversation, theme in links.values_list("conversation_id", "theme_id"):
        themes.setdefault(conversation, []).append(theme)
    named: dict[int, list[int]] = {}
    mentions = Mention.objects.filter(contribution__in=openings.values("pk")).order_by("pk")
    for conversation, member in mentions.values_list("contribution__conversation", "member_id"):
        named.setdefault(conversation, []).append(member)
    rows = openings.values_list(
        "conversation_id",
        "author_id",
        "created_at",
        "conversation__title",
        "html",
        "first_title",
        "first_body",
    )
    for conversation, author, at, title, html, first_title, first_body in rows.iterator(2000):
        yield AskedQuestion(
            id=conversation,
            asker=author,
            asked_at=at.timestamp(),
            title="" if isinstance(title, TakenOut) else first_title or title,
            text="" if isinstance(title, TakenOut) else to_text(first_body or html),
            themes=tuple(themes.get(conversation, ())),
            mentions=tuple(named.get(conversation, ())),
        )


def _votes(answers: QuerySet[Contribution]) -> Iterator[DayVotes]:
    """Votes cast elsewhere, and reactions here that say it helped, by day."""
    for answer, day, up, down in OutsideVote.objects.filter(contribution__in=answers).values_list(
        "contribution_id", "day", "up", "down"
    ):
        midnight = dt.datetime.combine(day, dt.time(), dt.UTC)
        yield DayVotes(answer=answer, day=midnight.timestamp(), up=up, down=down)
    told = Reaction.objects.filter(Q(contribution__in=answers), meaning__in=ENDORSING)
    for answer, at in told.values_list("contribution_id", "created_at"):
        midnight = dt.datetime.combine(at.astimezone(dt.UTC).date(), dt.time(), dt.UTC)
        yield DayVotes(answer=answer, day=midnight.timestamp(), up=1)
