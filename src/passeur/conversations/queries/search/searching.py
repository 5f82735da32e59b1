"""Searching conversations: what a member may see, the words, the filters, a page of results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import CharField, Exists, F, Func, OuterRef, Q, QuerySet

from passeur.foundation.text import fold_name
from passeur.skills import queries as skills

from ... import policies
from ...choices import Kind, State
from ...models import Contribution, Conversation
from .hits import Hit, hits
from .parsing import REFUSALS, Query, parse
from .ranking import REACHABLE, ranked
from .suggestions import Suggestion, suggested

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.skills.models import Theme

SIZE = 20
NAMESAKES = 200


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to search. An empty field does not narrow; `authors` are keys of members who wrote in it."""

    community: Community | None = None
    theme: Theme | None = None
    kind: Kind | None = None
    authors: Collection[int] | None = None
    state: State | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the community narrows it."""
        return any(
            value is not None
            for value in (self.theme, self.kind, self.authors, self.state, self.since, self.until)
        )


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Results, best first, and how to go on. `total` counts all, also those beyond what can be reached.

    `suggestion` is there when nothing was found and fewer words would find something.
    """

    query: Query
    hits: list[Hit]
    first: int
    total: int
    next: str
    previous: str
    suggestion: Suggestion | None = None

    @property
    def last(self) -> int:
        return self.first + len(self.hits) - 1

    @property
    def folded_words(self) -> tuple[str, ...]:
        return self.query.folded_words

    @property
    def is_cut(self) -> bool:
        """Whether there are more results than can be reached."""
        return self.total > REACHABLE


def search(
    member: Member,
    text: str,
    *,
    scope: Scope | None = None,
    cursor: str = "",
    size: int = SIZE,
    typing: bool = False,
) -> SearchPage:
    """One page of what `member` may see that answers to `text`, archived communities included.

    `cursor` is `next` or `previous` of a page; an unknown one gives the first page. With `typing`, the
    last word is only a beginning. Raises the refusals of `parsing`. Nine queries at most.
    """
    query = parse(text, typing=typing)
    where = scope or Scope()
    visible = Conversation.objects.filter(policies.visible_to(member))
    ranking = ranked(_narrowed(visible, where), query)
    start = _start(ranking.ids, cursor, size)
    stop = start + size
    return SearchPage(
        query=query,
        hits=hits(ranking.ids[start:stop], query) if ranking.ids else [],
        first=start + 1,
        total=ranking.total,
        next=f"after-{ranking.ids[stop - 1]}" if stop < len(ranking.ids) else "",
        previous=f"before-{ranking.ids[start]}" if start else "",
        suggestion=suggested(_narrowed(visible, where), query) if not ranking.total else None,
    )


def titles(member: Member, text: str, *, most: int) -> list[Conversation]:
    """The best results while `text` is being typed, without extracts; none for what is no search."""
    try:
        query = parse(text, typing=True)
    except REFUSALS:
        return []
    ids = ranked(Conversation.objects.filter(policies.visible_to(member)), query).ids[:most]
    found = Conversation.objects.select_related("community").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def writers(member: Member, name: str) -> list[int]:
    """Whose name holds `name`, case and accents aside, among those who wrote what `member` may see."""
    folded = fold_name(name)
    if not folded:
        return []
    visible = Conversation.objects.filter(policies.visible_to(member))
    written = Contribution.objects.filter(author=OuterRef("pk"), conversation__in=visible, deleted_at=None)
    people = get_user_model()._default_manager.annotate(
        folded_name=Func(F("name"), function="passeur_fold", output_field=CharField())
    )
    found = people.filter(Exists(written), folded_name__contains=folded)
    return list(found.order_by("pk").values_list("pk", flat=True)[:NAMESAKES])


def exists_anywhere(member: Member, query: Query, community: Community | None) -> bool:
    """Whether the words are found once the filters are off: then it is they that emptied the page."""
    visible = Conversation.objects.filter(policies.visible_to(member))
    return bool(ranked(_narrowed(visible, Scope(community=community)), query).total)


def _narrowed(rows: QuerySet[Conversation], scope: Scope) -> QuerySet[Conversation]:
    if scope.community is not None:
        rows = rows.filter(community=scope.community)
    if scope.theme is not None:
        rows = rows.filter(
            pk__in=Conversation.objects.filter(
                theme_links__theme__in=skills.with_descendants(scope.theme)
            ).values("pk")
        )
    if scope.kind is not None:
        rows = rows.filter(kind=scope.kind)
    if scope.state is not None:
        rows = rows.filter(state=scope.state)
    if scope.authors is not None:
        written = Contribution.objects.filter(
            conversation=OuterRef("pk"), author__in=scope.authors, deleted_at=None
        )
        rows = rows.filter(Q(author__in=scope.authors) | Exists(written))
    if scope.since is not None:
        rows = rows.filter(created_at__date__gte=scope.since)
    if scope.until is not None:
        rows = rows.filter(created_at__date__lte=scope.until)
    return rows


def _start(ids: list[int], cursor: str, size: int) -> int:
    """Where the page begins: after the last result of the page before, or so that it ends before one."""
    way, _, key = cursor.partition("-")
    if not key.isascii() or not key.isdigit() or int(key) not in ids:
        return 0
    at = ids.index(int(key))
    return at + 1 if way == "after" else max(0, at - size) if way == "before" else 0
