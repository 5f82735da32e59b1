"""One conversation with everything its page shows, read in one statement, in three where it is long.

`read` asks; `thread_of` makes the values of the page of what was said and of how it is looked at, and of
nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from django.db.models import BooleanField, Case, Count, Max, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from passeur.foundation import reading
from passeur.foundation.prepared import Asked, Question
from passeur.foundation.reading import Said

from ..choices import Kind, LinkKind, Meaning, Part, meanings
from ..models import Contribution, Conversation, ConversationTheme
from ..models.titles import as_read
from . import readings
from .paging import PAGE_SIZE, resume_page
from .pieces import Counted, Entry, Head, HeadRow, Linked, LinkRow, Named, Size, Text, TextRow, Themes, Truth
from .reactions import ReactionCount

if TYPE_CHECKING:
    from passeur.accounts.models import Member

HELPED = (Meaning.HELPS, Meaning.LIVED)
SORTS = ("useful", "oldest", "recent")
SHOWN = ("head", "themes", "texts", "reactions", "links", "follow", "truth")
"""What a page shows of what was read; the rest says how it is looked at."""
Counts = dict[tuple[int, str], Counted]


@dataclass(frozen=True, slots=True)
class View:
    """How a conversation is looked at.

    `reader` is who reads where something here is theirs, else 0; `unread_since` the moment up to which they
    have read, where something came since. `order` holds the texts of this page, where there are several.
    """

    reader: int
    unread_since: dt.datetime | None
    sort: str
    page: int = 1
    pages: int = 1
    order: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What was said; `until` is up to when this page has shown everything, None where they had read it."""

    said: Said
    view: View
    until: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Thread:
    """A page of a conversation. `first_unread` is the contribution to resume at, if it is on this page."""

    conversation: Head
    opening: Entry
    entries: tuple[Entry, ...]
    page: int
    pages: int
    sort: str
    first_unread: int | None
    links: tuple[Linked, ...]

    @property
    def has_previous(self) -> bool:
        return self.page > 1

    @property
    def has_next(self) -> bool:
        return self.page < self.pages

    @property
    def texts(self) -> list[Text]:
        """All texts of this page, comments too."""
        shown = [self.opening, *self.entries]
        return [text for entry in shown for text in (entry.contribution, *entry.comments)]

    def handles(self, *, reader: int, most: int = 5) -> list[str]:
        """How to name those who wrote on this page and can be told of it, latest first."""
        others = dict.fromkeys(t.author for t in reversed(self.texts) if t.author.pk != reader)
        return [f"@{author.handle}" for author in others if author.handle][:most]


def writers(conversation: Conversation, *, most: int = 30) -> list[int]:
    """The keys of those who wrote in it, latest first, each once. One query."""
    rows = (
        Contribution.objects.filter(conversation=conversation, deleted_at=None)
        .values("author_id")
        .annotate(last=Max("created_at"))
        .order_by("-last")
    )
    return [row["author_id"] for row in rows[:most]]


def writer_keys(conversation: Asked) -> QuerySet[Contribution, int]:
    """The keys of all who wrote in it, for queries of other rooms."""
    return (
        Contribution.objects.filter(conversation=conversation)
        .order_by()
        .values_list("author_id", flat=True)
        .distinct()
    )


def theme_keys(conversation: Asked) -> QuerySet[ConversationTheme, int]:
    """The keys of its themes, for queries of other rooms."""
    rows = ConversationTheme.objects.filter(conversation=conversation)
    return rows.order_by().values_list("theme_id", flat=True)


def thread(conversation: Conversation, *, reader: Member, page: int = 1, sort: str = "") -> Thread:
    """Read a page of a conversation."""
    found = read(conversation, reader=reader, page=page, sort=sort)
    return thread_of(found.said, found.view)


def read(
    conversation: Conversation,
    *,
    reader: Member,
    page: int | None = 1,
    sort: str = "",
    more: dict[str, Question | None] | None = None,
) -> Read:
    """Read a page of a conversation, and what else is asked with it.

    Questions show the most useful answer first, the rest the oldest. Without a page, it is the one with the
    first text that the reader has not read.
    """
    sort = sort if sort in SORTS else ("useful" if conversation.asks else "oldest")
    one, both = {"conversation": conversation.pk}, {"conversation": conversation.pk, "reader": reader.pk}
    said = reading.ask_by_key(
        head=readings.head.asked(**one),
        themes=readings.themes.asked(**one),
        texts=readings.texts.asked(**one),
        reactions=readings.reactions.asked(**both),
        links=readings.links.asked(**both),
        follow=readings.follow.asked(**both),
        truth=readings.truth.asked(**one),
        size=readings.size.asked(**both),
        mark=readings.read_mark.asked(**both),
        **(more or {}),
    )
    size, mark = said.rows("size", Size)[0], said.row("mark", dt.datetime)
    said_by = {one.by.pk for one in said.rows("truth", Truth)}
    is_theirs = size.mine or conversation.author_id == reader.pk or reader.pk in said_by
    involved = reader.pk if is_theirs else 0
    view = View(involved, mark if mark is not None and mark < size.latest else None, sort)
    if size.texts <= readings.MOST_AT_ONCE and size.tops <= PAGE_SIZE:
        return Read(said, view, _later(size.latest, mark))
    pages = max(1, ceil(size.tops / PAGE_SIZE))
    wanted = resume_page(conversation, reader) if page is None else page
    said, view = _paged(conversation, said, view, wanted if 1 <= wanted <= pages else pages, pages)
    return Read(said, view, _later(_seen_until(said, view), mark))


def _paged(conversation: Conversation, said: Said, view: View, number: int, pages: int) -> tuple[Said, View]:
    """One page of several: its texts by their keys."""
    keys = _ordered(conversation, view.sort).values_list("pk", flat=True)
    order = tuple(keys[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
    texts = readings.texts_under.asked(conversation=conversation.pk, tops=list(order))
    said = said.replaced(reading.ask_by_key(texts=texts))
    return said, View(view.reader, view.unread_since, view.sort, number, pages, order)


def _later(moment: dt.datetime, mark: dt.datetime | None) -> dt.datetime | None:
    return moment if mark is None or mark < moment else None


def _seen_until(said: Said, view: View) -> dt.datetime:
    """Up to when whoever sees this page of several has seen everything."""
    if view.sort != "oldest":
        return next(row.created_at for row in said.rows("texts", TextRow) if row.part == Part.OPENING)
    thread = thread_of(said, view)
    if thread.has_next:
        return thread.entries[-1].contribution.created_at
    return max(text.created_at for text in thread.texts)


def thread_of(said: Said, view: View) -> Thread:
    """The values of a page."""
    head = _head_of(said)
    rows = said.rows("texts", TextRow)
    counts = {(one.contribution_id, one.meaning): one for one in said.rows("reactions", Counted)}
    lasting, truth = _lasting(head, rows), next(iter(said.rows("truth", Truth)), None)
    texts = [_text_of(row, view) for row in rows]
    comments: dict[int, list[Text]] = defaultdict(list)
    tops: list[Text] = []
    for row, text in zip(rows, texts, strict=True):
        (tops if row.parent_id is None else comments[row.parent_id]).append(text)

    def entry(text: Text) -> Entry:
        return Entry(
            contribution=text,
            reactions=_reactions_of(text, head.kind, counts),
            comments=tuple(comments[text.pk]),
            accepted=text.pk == head.accepted,
            closed=head.is_closed,
            lasts=text.pk == lasting,
            truth=truth if truth is not None and _stands(truth, head, text.pk, lasting) else None,
        )

    opening = next(text for text in tops if text.part == Part.OPENING)
    entries = [entry(text) for text in tops if text is not opening]
    news = [text for text in texts if text.is_new]
    return Thread(
        conversation=head,
        opening=entry(opening),
        entries=tuple(_in_order(entries, view)),
        page=view.page,
        pages=view.pages,
        sort=view.sort,
        first_unread=min(news, key=lambda text: (text.created_at, text.pk)).pk if news else None,
        links=tuple(links_of(said, head.pk)),
    )


def _lasting(head: Head, rows: Iterable[TextRow]) -> int | None:
    """The key of what lasts of it: the accepted answer, or the experience told."""
    if head.kind == Kind.EXPERIENCE:
        return next((row.pk for row in rows if row.part == Part.OPENING and row.deleted_at is None), None)
    return head.accepted


def _stands(truth: Truth, head: Head, text: int, lasting: int | None) -> bool:
    """Whether it was said of that text since it was accepted last."""
    is_of_it = text == lasting == truth.contribution_id
    return is_of_it and (head.accepted_at is None or head.accepted_at <= truth.created_at)


def _head_of(said: Said) -> Head:
    (row,) = said.rows("head", HeadRow)
    return Head(
        pk=row.pk,
        kind=Kind(row.kind),
        title=as_read(row.title),
        state=row.state,
        answer_count=row.answer_count,
        reply_count=row.reply_count,
        created_at=row.created_at,
        closed_at=row.closed_at,
        closed_reason=row.closed_reason,
        accepted=row.accepted_answer_id,
        accepted_at=row.accepted_at,
        is_outdated=row.is_outdated,
        came_from=(row.from_address or "") if row.from_kind != "demo" else "",
        community=row.place,
        author=row.writer,
        closed_by=row.closer,
        accepted_by=row.accepter,
        themes=Themes(said.rows("themes", Named)),
    )


def _text_of(row: TextRow, view: View) -> Text:
    since = view.unread_since
    return Text(
        pk=row.pk,
        part=row.part,
        html=row.html,
        version=row.version,
        votes=row.votes,
        created_at=row.created_at,
        is_edited=row.is_edited,
        deleted_at=row.deleted_at,
        author=row.writer,
        deleted_by=row.remover,
        is_new=since is not None and row.created_at > since and row.writer.pk != view.reader,
    )


def _reactions_of(text: Text, kind: str, counts: Counts) -> tuple[ReactionCount, ...]:
    found = ((meaning, counts.get((text.pk, meaning.value))) for meaning in meanings(kind, text.part))
    return tuple(
        ReactionCount(meaning, one.n if one else 0, bool(one and one.mine)) for meaning, one in found
    )


def links_of(said: Said, pk: int) -> Iterable[Linked]:
    """Conversations that people linked with that one, with how."""
    for row in said.rows("links", LinkRow):
        if row.source_id == pk:
            yield Linked(LinkKind(row.kind), row.target_id, as_read(row.target_title))
        else:
            yield Linked(LinkKind(row.kind), row.source_id, as_read(row.source_title))


def _in_order(entries: list[Entry], view: View) -> list[Entry]:
    """The order of `_ordered`, of entries that are given the oldest first."""
    if view.order:
        by_key = {entry.contribution.pk: entry for entry in entries}
        return [by_key[pk] for pk in view.order if pk in by_key]
    if view.sort == "oldest":
        return entries
    if view.sort == "recent":
        return entries[::-1]

    def useful(entry: Entry) -> int:
        return sum(one.count for one in entry.reactions if one.meaning in HELPED) + entry.contribution.votes

    return sorted(entries, key=lambda entry: (not entry.accepted, -useful(entry)))


def _ordered(conversation: Conversation, sort: str) -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(conversation=conversation, parent=None).exclude(part=Part.OPENING)
    if sort == "oldest":
        return rows.order_by("created_at", "pk")
    if sort == "recent":
        return rows.order_by("-created_at", "-pk")
    accepted = When(pk=conversation.accepted_answer_id or 0, then=Value(True))
    is_accepted = Case(accepted, default=Value(False), output_field=BooleanField())
    helped = Count("reactions", filter=Q(reactions__meaning__in=HELPED))
    return rows.annotate(is_accepted=is_accepted, useful=Coalesce(helped, 0) + Coalesce("votes", 0)).order_by(
        "-is_accepted", "-useful", "created_at", "pk"
    )


def follows(said: Said) -> bool:
    """Whether the reader asked to be told of what comes in it."""
    return said.text("follow") != reading.NOTHING
