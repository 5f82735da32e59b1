"""Searching conversations: what a member may see, the words, the filters, a page of results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import CharField, Exists, F, Func, OuterRef, Q, QuerySet

from passeur.communities import policies as communities
from passeur.foundation import reading
from passeur.foundation.prepared import Question
from passeur.foundation.reading import Said
from passeur.foundation.text import fold_name
from passeur.skills import queries as skills

from ... import policies
from ...choices import Kind, State
from ...models import Contribution, Conversation
from .candidates import Candidates, Lately, among, matching, standing_in, where
from .hits import Hit, asked, hits
from .parsing import REFUSALS, Query, parse
from .ranking import REACHABLE, ranked, ranked_within
from .suggestions import Suggestion, suggested

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.skills.models import Theme

SIZE = 20
ROUND = 100
"""« Plus de 3 400 »: of many that were not all looked at, whole hundreds are said."""
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
    """Results, best first, and how to go on. `total` counts all, also those beyond what can be reached; of
    usual words those that were looked at, `looked_at`, and there are more.

    `said` is what the results are made of, `ids` their order, `beside` what else was asked. `suggestion` is
    there when nothing was found and fewer words would find something.
    """

    query: Query
    said: Said
    ids: tuple[int, ...]
    beside: Said
    first: int
    total: int
    looked_at: Lately | None
    next: str
    previous: str
    suggestion: Suggestion | None = None

    @property
    def hits(self) -> tuple[Hit, ...]:
        return hits(self.said, self.ids, self.query)

    @property
    def last(self) -> int:
        return self.first + len(self.ids) - 1

    @property
    def folded_words(self) -> tuple[str, ...]:
        return self.query.folded_words

    @property
    def more_than(self) -> int | None:
        """How many there are at least, in round figures, where not all were looked at."""
        return None if self.looked_at is None else self.total // ROUND * ROUND

    @property
    def has_all_titles(self) -> bool:
        """Whether no conversation is missing that has all of the words in its title."""
        return self.looked_at is None or self.looked_at.titled is None

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
    beside: Mapping[str, Question | None] = MappingProxyType({}),
) -> SearchPage:
    """One page of what `member` may see that answers to `text`, archived communities included.

    `cursor` is `next` or `previous` of a page; an unknown one gives the first page. With `typing`, the
    last word is only a beginning. `beside` is asked with the first query. Raises the refusals of `parsing`.
    Three queries, and what is asked of who may read what; two more when nothing is found.
    """
    query = parse(text, typing=typing)
    narrowed = scope or Scope()
    candidates = _candidates(member, query, narrowed)
    first = reading.ask(probe=candidates.probe(), **beside)
    # From a cursor on, all that can be reached; else a page, and one more.
    found = ranked_within(where(first, "probe", query), candidates, query, REACHABLE if cursor else size + 1)
    start = start_of(found.ids, cursor, size)
    ids = found.ids[start : start + size]
    return SearchPage(
        query=query,
        said=reading.ask(**asked(ids, query)),
        ids=tuple(ids),
        beside=first.of(*beside),
        first=start + 1,
        total=found.total,
        looked_at=found.where,
        next=f"after-{ids[-1]}" if start + size < len(found.ids) else "",
        previous=f"before-{ids[0]}" if start else "",
        suggestion=suggestion_for(member, query, narrowed) if not found.total else None,
    )


def _candidates(member: Member, query: Query, scope: Scope) -> Candidates:
    """What may be found, of what `member` may read."""
    if scope.is_narrowed:
        return among(_narrowed(Conversation.objects.filter(policies.visible_to(member)), scope), query)
    seen = communities.visible_keys(member)
    if scope.community is not None:
        seen = [key for key in seen if key == scope.community.pk]
    return standing_in(seen, query)


def suggestion_for(member: Member, query: Query, scope: Scope) -> Suggestion | None:
    """Fewer words that find something there, where all of them find nothing."""
    return suggested(_narrowed(Conversation.objects.filter(policies.visible_to(member)), scope), query)


def titles(member: Member, text: str, *, most: int) -> list[Conversation]:
    """The best results while `text` is being typed, without extracts; none for what is no search."""
    try:
        query = parse(text, typing=True)
    except REFUSALS:
        return []
    ids = ranked(standing_in(communities.visible_keys(member), query), query, most=most).ids
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
    return matching(_narrowed(visible, Scope(community=community)), query).exists()


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


def start_of(ids: list[int], cursor: str, size: int) -> int:
    """Where the page begins: after the last result of the page before, or so that it ends before one."""
    way, _, key = cursor.partition("-")
    if not key.isascii() or not key.isdigit() or int(key) not in ids:
        return 0
    at = ids.index(int(key))
    return at + 1 if way == "after" else max(0, at - size) if way == "before" else 0
