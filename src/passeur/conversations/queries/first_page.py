"""What the first page of a list says where nothing narrows it, read in one statement.

Figures are counted one by one up to `COUNTED`, so that what they cost does not grow with what there is:
beyond, one knows that there are more. Why: `docs/decisions/0043-a-page-read-in-one-statement.md`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.utils import timezone

from passeur.accounts.protocols.looks import initials, tint
from passeur.communities import policies as belonging
from passeur.foundation import reading
from passeur.foundation.frame import Person
from passeur.foundation.prepared import Asked, Question, prepared
from passeur.foundation.reading import Said
from passeur.skills import queries as skills

from .. import policies
from ..choices import State
from ..models import Conversation, ConversationTheme
from ..models.titles import as_read
from . import lists
from .rows import Row, kind_said

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

COUNTED = 1_000
"""A figure that would be more says that it is more than this."""


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation of the page, as the database keeps it."""

    pk: int
    title: str
    state: str
    outdated_at: dt.datetime | None
    kind: str
    answer_count: int
    reply_count: int
    created_at: dt.datetime
    last_activity_at: dt.datetime
    has_news: bool
    author_id: int
    author_name: str
    author_erased: dt.datetime | None
    community_name: str
    theme_names: tuple[str, ...]

    def row(self, *, show_community: bool) -> Row:
        """As it is drawn."""
        letters = initials(self.author_name, is_erased=self.author_erased is not None)
        return Row(
            pk=self.pk,
            title=as_read(self.title),
            has_news=self.has_news,
            state=self.state,
            is_outdated=self.outdated_at is not None,
            answer_count=self.answer_count,
            reply_count=self.reply_count,
            created_at=self.created_at,
            author=Person(self.author_name, letters, tint(self.author_id)),
            kind=kind_said(self.kind),
            community=self.community_name if show_community else "",
            themes=self.theme_names,
        )


@dataclass(frozen=True, slots=True)
class Naming:
    """A conversation in which somebody named the reader, as the database keeps it."""

    pk: int
    title: str


def read(member: Member, community: Community | None, *, more: dict[str, Question] | None = None) -> Said:
    """`lines`, `themes` (of one community), `naming` (everywhere), those of `figures`, and what else is asked
    with them. One query.
    """
    seen = belonging.visible_keys(member)
    if community is None:
        since = timezone.now() - lists.NAMED_LATELY
        return reading.ask_by_key(
            lines=_lines_everywhere.asked(communities=seen, member=member.pk),
            naming=_naming.asked(communities=seen, member=member.pk, since=since),
            **_figures(seen, None),
            **(more or {}),
        )
    return reading.ask_by_key(
        lines=_lines_in.asked(community=community.pk, communities=seen, member=member.pk),
        themes=skills.themes_asked(community),
        **_figures(seen, community),
        **(more or {}),
    )


def figures(member: Member, community: Community | None) -> Said:
    """Only the figures: of each state by its name, and `to_answer`. One query."""
    return reading.ask_by_key(**_figures(belonging.visible_keys(member), community))


def counts(said: Said) -> dict[str, int]:
    """By state, how many there are; of more than `COUNTED`, one more than that."""
    return {str(state): said.row(str(state), int) or 0 for state in State}


def _figures(seen: list[int], community: Community | None) -> dict[str, Question]:
    if community is None:
        asked = {str(state): _everywhere.counted(communities=seen, state=str(state)) for state in State}
        return asked | {"to_answer": _to_answer.counted(communities=seen)}
    return {
        str(state): _in.counted(community=community.pk, communities=seen, state=str(state)) for state in State
    }


@prepared
def _lines_everywhere(communities: Asked, member: Asked) -> QuerySet[Conversation, Any]:
    return _lines(Conversation.objects.filter(policies.in_communities(communities)), member)


@prepared
def _lines_in(community: Asked, communities: Asked, member: Asked) -> QuerySet[Conversation, Any]:
    here = Conversation.objects.filter(policies.in_communities(communities), community=community)
    return _lines(here, member)


def _lines(rows: QuerySet[Conversation], member: Asked) -> QuerySet[Conversation, Any]:
    themes = ConversationTheme.objects.filter(conversation=OuterRef("pk")).order_by("theme__name")
    said: QuerySet[Conversation, Any] = lists.as_listed(rows, member).annotate(
        author_name=F("author__name"),
        author_erased=F("author__erased_at"),
        community_name=F("community__name"),
        theme_names=ArraySubquery(themes.values("theme__name")),
    )
    said = said.values(*Line.__dataclass_fields__)
    return said[: lists.PAGE_SIZE + 1]


@prepared
def _naming(communities: Asked, member: Asked, since: Asked) -> QuerySet[Conversation, Any]:
    seen = Conversation.objects.filter(policies.in_communities(communities))
    return lists.naming_among(seen, member, since).values("pk", "title")


@prepared
def _everywhere(communities: Asked, state: Asked) -> QuerySet[Conversation, Any]:
    return _first(Conversation.objects.filter(policies.in_communities(communities), state=state))


@prepared
def _in(community: Asked, communities: Asked, state: Asked) -> QuerySet[Conversation, Any]:
    here = Conversation.objects.filter(policies.in_communities(communities), community=community)
    return _first(here.filter(state=state))


@prepared
def _to_answer(communities: Asked) -> QuerySet[Conversation, Any]:
    seen = Conversation.objects.filter(policies.in_communities(communities), state=State.WAITING)
    return _first(seen.filter(community__archived_at=None))


def _first(rows: QuerySet[Conversation]) -> QuerySet[Conversation, Any]:
    return rows.order_by().values("pk")[: COUNTED + 1]


def naming(said: Said) -> tuple[Naming, ...]:
    """Where somebody named the reader, with titles as they are read; nowhere in one community."""
    found = said.rows("naming", Naming) if "naming" in said else ()
    return tuple(replace(one, title=as_read(one.title)) for one in found)


def rows(lines: Iterable[Line], *, show_community: bool) -> tuple[Row, ...]:
    """The lines as they are drawn."""
    return tuple(line.row(show_community=show_community) for line in lines)
