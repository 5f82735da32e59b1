"""One conversation with everything its page shows, in a number of queries that its length does not change."""

from __future__ import annotations

import datetime as dt
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import BooleanField, Case, Count, Max, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from passeur.communities import policies as communities
from passeur.foundation import memo
from passeur.foundation.prepared import Asked, Prepared, prepared

from .. import policies
from ..choices import Meaning, Part
from ..models import Contribution, Conversation, ConversationLink, Follow, ReadMark
from .reactions import ReactionCount
from .reactions import among as reactions_under

if TYPE_CHECKING:
    from passeur.accounts.models import Member

PAGE_SIZE = 50
MOST_AT_ONCE = 150
"""Texts and comments of a conversation that are read at once."""
HELPED = (Meaning.HELPS, Meaning.LIVED)
Comments = dict[int, list["Contribution"]]
SORTS = ("useful", "oldest", "recent")


@dataclass(frozen=True, slots=True)
class Entry:
    """A contribution as the page shows it."""

    contribution: Contribution
    reactions: list[ReactionCount]
    comments: list[Contribution] = field(default_factory=list)
    accepted: bool = False
    unread: bool = False
    closed: bool = False

    @property
    def stamp(self) -> str:
        """What a page shows of it, in a word: another stamp, another look. Reactions are left out."""
        texts = [(c.pk, c.version, c.is_deleted) for c in (self.contribution, *self.comments)]
        return f"{zlib.crc32(repr((texts, self.accepted, self.closed)).encode()):x}"


@dataclass(frozen=True, slots=True)
class Thread:
    """A page of a conversation. `first_unread` is the contribution to resume at, if it is on this page."""

    conversation: Conversation
    opening: Entry
    entries: list[Entry]
    page: int
    pages: int
    sort: str
    read_until: dt.datetime | None
    first_unread: int | None
    links: list[tuple[str, Conversation]]

    @property
    def has_previous(self) -> bool:
        return self.page > 1

    @property
    def has_next(self) -> bool:
        return self.page < self.pages

    @property
    def contributions(self) -> list[Contribution]:
        """All texts of this page, comments too."""
        shown = [self.opening, *self.entries]
        return [c for entry in shown for c in (entry.contribution, *entry.comments)]

    @property
    def members(self) -> set[int]:
        """Everybody who wrote on this page."""
        return {contribution.author_id for contribution in self.contributions}

    @property
    def is_read_until(self) -> dt.datetime:
        """Up to when whoever sees this page has seen everything."""
        if self.pages == 1 or (self.sort == "oldest" and not self.has_next):
            return max(contribution.created_at for contribution in self.contributions)
        if self.sort == "oldest":
            return self.entries[-1].contribution.created_at
        return self.opening.contribution.created_at

    def handles(self, *, reader: Member, most: int = 5) -> list[str]:
        """How to name those who wrote on this page and can be told of it, latest first."""
        others = dict.fromkeys(c.author for c in reversed(self.contributions) if c.author_id != reader.pk)
        return [f"@{m.handle}" for m in others if m.handle and m.is_active and not m.is_imported][:most]


def writers(conversation: Conversation, *, most: int = 30) -> list[int]:
    """The keys of those who wrote in it, latest first, each once. One query."""
    rows = (
        Contribution.objects.filter(conversation=conversation, deleted_at=None)
        .values("author_id")
        .annotate(last=Max("created_at"))
        .order_by("-last")
    )
    return [row["author_id"] for row in rows[:most]]


def thread(conversation: Conversation, *, reader: Member, page: int = 1, sort: str = "") -> Thread:
    """Read a page of a conversation. Questions show the most useful answer first, the rest the oldest."""
    sort = sort if sort in SORTS else ("useful" if conversation.asks else "oldest")
    whole = _whole(conversation) if page <= 1 else None
    if whole is not None:
        opened, shown, comments = whole
        number = pages = 1
    else:
        shown, number, pages = _page(conversation, sort, page)
        opened = _opening(conversation=conversation.pk)[0]
        comments = _comments([opened, *shown])
    tops = [opened, *shown]
    for top in tops:
        top.conversation = conversation
    reactions = reactions_under(tops, reader)
    if whole is not None:
        tops[1:] = _in_order(shown, reactions, sort, conversation.accepted_answer_id)
    read = read_until(conversation, reader)

    def entry(contribution: Contribution) -> Entry:
        return Entry(
            contribution=contribution,
            reactions=reactions[contribution.pk],
            comments=comments[contribution.pk],
            accepted=contribution.pk == conversation.accepted_answer_id,
            closed=conversation.is_closed,
            unread=_is_news(contribution, read, reader),
        )

    opening, *entries = [entry(top) for top in tops]
    news = [c for top in tops for c in (top, *comments[top.pk]) if _is_news(c, read, reader)]
    return Thread(
        conversation=conversation,
        opening=opening,
        entries=entries,
        page=number,
        pages=pages,
        sort=sort,
        read_until=read,
        first_unread=min(news, key=lambda c: (c.created_at, c.pk)).pk if news and read else None,
        links=_links(conversation, reader),
    )


def _whole(conversation: Conversation) -> tuple[Contribution, list[Contribution], Comments] | None:
    """Its opening, the texts under it and the comments on them, where all go on one page. One query."""
    rows = _all_of(conversation=conversation.pk)
    opened = next((row for row in rows if row.part == Part.OPENING), None)
    shown = [row for row in rows if row.parent_id is None and row is not opened]
    if opened is None or len(rows) > MOST_AT_ONCE or len(shown) > PAGE_SIZE:
        return None
    comments: Comments = defaultdict(list)
    for row in rows:
        if row.parent_id is not None:
            comments[row.parent_id].append(row)
    return opened, shown, comments


@prepared
def _all_of(conversation: Asked) -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(conversation=conversation).select_related("author", "deleted_by")
    return rows.order_by("created_at", "pk")[: MOST_AT_ONCE + 1]


def _in_order(
    texts: list[Contribution], reactions: dict[int, list[ReactionCount]], sort: str, accepted: int | None
) -> list[Contribution]:
    """The order of `_ordered`, of texts that are all there, the oldest first."""
    if sort == "oldest":
        return texts
    if sort == "recent":
        return texts[::-1]

    def useful(text: Contribution) -> int:
        helped = sum(one.count for one in reactions[text.pk] if one.meaning in HELPED)
        return helped + (text.votes or 0)

    return sorted(texts, key=lambda text: (text.pk != accepted, -useful(text)))


def _page(conversation: Conversation, sort: str, page: int) -> tuple[list[Contribution], int, int]:
    """The texts of a page, which page that is, and of how many. A first page that is all of it: one query."""
    asked = {"conversation": conversation.pk, "accepted": conversation.accepted_answer_id or 0}
    if page <= 1 and len(first := _FIRST[sort](**asked)) <= PAGE_SIZE:
        return first, 1, 1
    paginator = Paginator(_ordered(sort=sort, **asked), PAGE_SIZE)
    shown = paginator.get_page(page)
    return list(shown.object_list), shown.number, paginator.num_pages


@prepared
def _opening(conversation: Asked) -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(conversation=conversation, part=Part.OPENING)
    return rows.select_related("author", "deleted_by")


def read_until(conversation: Conversation, member: Member) -> dt.datetime | None:
    """Up to when `member` has read it; None for somebody who never opened it."""
    key = ("conversations.read", conversation.pk, member.pk)
    marks = memo.once(key, lambda: _read_until(conversation=conversation.pk, member=member.pk))
    return next(iter(marks), None)


@prepared
def _read_until(conversation: Asked, member: Asked) -> QuerySet[ReadMark, dt.datetime]:
    marks = ReadMark.objects.filter(conversation=conversation, member=member)
    return marks.values_list("read_until", flat=True)


def _ordered(*, conversation: Asked, accepted: Asked, sort: str) -> QuerySet[Contribution]:
    rows = (
        Contribution.objects.filter(conversation=conversation, parent=None)
        .exclude(part=Part.OPENING)
        .select_related("author", "deleted_by")
    )
    if sort == "oldest":
        return rows.order_by("created_at", "pk")
    if sort == "recent":
        return rows.order_by("-created_at", "-pk")
    is_accepted = Case(When(pk=accepted, then=Value(True)), default=Value(False), output_field=BooleanField())
    helped = Count("reactions", filter=Q(reactions__meaning__in=HELPED))
    return rows.annotate(is_accepted=is_accepted, useful=Coalesce(helped, 0) + Coalesce("votes", 0)).order_by(
        "-is_accepted", "-useful", "created_at", "pk"
    )


def _first_page(sort: str) -> Prepared[Contribution]:
    """A first page, and one more text where there is a second."""

    @prepared
    def first(conversation: Asked, accepted: Asked) -> QuerySet[Contribution]:
        return _ordered(conversation=conversation, accepted=accepted, sort=sort)[: PAGE_SIZE + 1]

    return first


_FIRST = {sort: _first_page(sort) for sort in SORTS}


@prepared
def _under(texts: Asked) -> QuerySet[Contribution]:
    return Contribution.objects.filter(parent__among=texts).select_related("author", "deleted_by")


def _comments(tops: list[Contribution]) -> dict[int, list[Contribution]]:
    grouped: dict[int, list[Contribution]] = defaultdict(list)
    for comment in _under(texts=[top.pk for top in tops]):
        grouped[comment.parent_id or 0].append(comment)
    return grouped


def _is_news(contribution: Contribution, read_until: dt.datetime | None, reader: Member) -> bool:
    if read_until is None or contribution.author_id == reader.pk:
        return False
    return contribution.created_at > read_until


def _links(conversation: Conversation, reader: Member) -> list[tuple[str, Conversation]]:
    """Conversations that people linked with this one, each once, with how: those that the reader may read."""
    rows = _linked(conversation=conversation.pk, communities=communities.visible_keys(reader))
    return [(row.kind, row.target if row.source_id == conversation.pk else row.source) for row in rows]


@prepared
def _linked(conversation: Asked, communities: Asked) -> QuerySet[ConversationLink]:
    linked = Q(source=conversation) | Q(target=conversation)
    both = (policies.in_communities(communities, side) for side in ("source__", "target__"))
    return ConversationLink.objects.filter(linked, *both).select_related("source", "target")


def is_followed(conversation: Conversation, member: Member) -> bool:
    """Whether `member` asked to be told of what comes in it."""
    return bool(_following(conversation=conversation.pk, member=member.pk))


@prepared
def _following(conversation: Asked, member: Asked) -> QuerySet[Follow, int]:
    return Follow.objects.filter(conversation=conversation, member=member).values_list("pk", flat=True)
