"""A feed: what the sources found, one entry a conversation, without what was read, in sections that end."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from passeur.algorithms.feed import Item, arrange, score
from passeur.communities import queries as communities
from passeur.communities.policies import belonging
from passeur.conversations.queries import news
from passeur.skills import queries as skills

from ..choices import DIRECT, SECTION, Nature, Section, View
from ..models import Less, Mark, Passed
from ..sources import Found, Reason, Scope, sources
from .entries import Entry, told

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

__all__ = ["Entry", "Feed", "Part", "feed", "mark_of"]

FIRST_TIME = dt.timedelta(days=14)
"""How far back the feed of somebody goes who never said that they have been round."""
LONGEST = dt.timedelta(days=30)
"""How far back it goes at most: after a long absence, what is older is for search."""
MOST = {Section.TO_YOU: 6, Section.HELP: 3, Section.READ: 6}
"""Entries in each section of « Pour vous »."""
MOST_IN_LINE = 20
"""Entries in the tabs that are in the order of time."""
SPARE = 3
"""Times as many are looked up as are shown: some may have gone since they were found."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section and what stands in it; in the tabs by time there is one, without a section."""

    section: Section | None
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Feed:
    """A member's feed in one view. `goes_on`: there was more than the feed holds.

    `belongs` are the communities they belong to, by key, in the order of their names; `chosen` the one that
    the feed is limited to. `has_mark`: they said once that they had been round.
    """

    view: View
    parts: list[Part]
    since: dt.datetime
    now: dt.datetime
    mark: Mark
    belongs: dict[int, Community]
    chosen: Community | None
    goes_on: bool
    states_nothing: bool

    @property
    def entries(self) -> list[Entry]:
        return [entry for part in self.parts for entry in part.entries]


@dataclass(slots=True)
class _Merged:
    """All that was found about one conversation."""

    found: list[Found] = field(default_factory=list)
    themes: list[tuple[int, str]] = field(default_factory=list)

    @property
    def first(self) -> Found:
        """What the entry is: by nature, then the latest."""
        order = list(Nature)
        return min(self.found, key=lambda one: (order.index(one.nature), -one.at.timestamp()))

    @property
    def at(self) -> dt.datetime:
        return self.first.at

    @property
    def reasons(self) -> list[Reason]:
        """Each once, the weightiest first."""
        by_words = {one.reason.words: one.reason for one in reversed(self.found)}
        return sorted(by_words.values(), key=lambda reason: -reason.weight)


def mark_of(member: Member) -> Mark:
    """What the member said of their feed; as it is for everybody until they say something."""
    return Mark.objects.filter(member=member).first() or Mark(member=member)


def feed(
    member: Member,
    view: View = View.FOR_YOU,
    *,
    community: str = "",
    back: bool = False,
    now: dt.datetime | None = None,
) -> Feed | None:
    """The feed of `member`, or None where `community` is the slug of none of theirs.

    `back` looks again at what they had seen when they last said that they had been round. The number of
    queries depends on the view, and on nothing that is found.
    """
    now = now or timezone.now()
    mark = mark_of(member)
    belongs = {
        membership.community_id: membership.community
        for membership in belonging(member)
        if not membership.community.is_archived
    }
    chosen = next((one for one in belongs.values() if one.slug == community), None)
    if community and chosen is None:
        return None
    around = skills.around(member, list(belongs))
    scope = Scope(
        member,
        {chosen.pk: chosen} if chosen else belongs,
        around,
        since=_since(mark, now, back=back),
        now=now,
        view=view,
        is_personal=mark.is_personal,
    )
    merged = _merged(scope)
    _drop_what_rests(merged, scope, back=back)
    order = _order(merged, scope)
    wanted = [key for _section, keys, most in order for key in keys[: most * SPARE]]
    entries = told(
        member,
        {key: (merged[key].first, merged[key].reasons) for key in wanted},
        within={chosen.pk} if chosen else None,
        without=communities.left_by(member),
    )
    parts, goes_on = [], False
    for section, keys, most in order:
        standing = [entries[key] for key in keys if key in entries]
        goes_on = goes_on or len(standing) > most
        if standing:
            parts.append(Part(section, standing[:most]))
    return Feed(
        view=view,
        parts=parts,
        since=scope.since,
        now=now,
        mark=mark,
        belongs=belongs,
        chosen=chosen,
        goes_on=goes_on,
        states_nothing=around.is_empty,
    )


def _since(mark: Mark, now: dt.datetime, *, back: bool) -> dt.datetime:
    begun = mark.seen_before if back else mark.seen_until
    return max(begun or now - FIRST_TIME, now - LONGEST)


def _merged(scope: Scope) -> dict[int, _Merged]:
    merged: defaultdict[int, _Merged] = defaultdict(_Merged)
    for source in sources():
        if source.is_asked(scope):
            for one in source.find(scope):
                merged[one.conversation].found.append(one)
    return merged


def _drop_what_rests(merged: dict[int, _Merged], scope: Scope, *, back: bool) -> None:
    """Leave out what was read since it came, what they passed over, and themes they want less of."""
    read = news.read_until(scope.member, merged)
    passed = set(
        Passed.objects.filter(member=scope.member, conversation__in=list(merged)).values_list(
            "conversation_id", flat=True
        )
    )
    less = list(Less.objects.filter(member=scope.member).values_list("theme__path", flat=True))
    themes = news.themes_of(merged)
    for key, one in list(merged.items()):
        one.themes = themes.get(key, [])
        has_read = key in read and read[key] >= one.at
        is_direct = any(found.nature in DIRECT for found in one.found)
        rests = has_read and not back
        if not is_direct:
            rests = rests or (one.first.nature == Nature.HELP and key in passed)
            rests = rests or (scope.view == View.FOR_YOU and _is_about(one.themes, less))
        if rests:
            del merged[key]


def _is_about(themes: Iterable[tuple[int, str]], paths: list[str]) -> bool:
    return any(path.startswith(above) for _key, path in themes for above in paths)


Order = list[tuple[Section | None, list[int], int]]


def _order(merged: Mapping[int, _Merged], scope: Scope) -> Order:
    """By section, the conversations in their order, and how many the section holds."""
    by_time = sorted(merged, key=lambda key: (merged[key].at, key), reverse=True)
    if scope.view != View.FOR_YOU:
        return [(None, by_time, MOST_IN_LINE)]
    grouped: defaultdict[Section, list[int]] = defaultdict(list)
    for key in by_time:
        grouped[SECTION.get(merged[key].first.nature, Section.READ)].append(key)
    if not scope.is_personal:
        return [(section, grouped[section], MOST[section]) for section in Section]
    return [
        (section, _arranged(merged, grouped[section], scope, MOST[section]), MOST[section])
        for section in Section
    ]


def _arranged(merged: Mapping[int, _Merged], keys: list[int], scope: Scope, most: int) -> list[int]:
    items = [
        Item(
            key,
            score(
                (reason.weight for reason in merged[key].reasons),
                hours=(scope.now - merged[key].at).total_seconds() / 3600,
            ),
            frozenset(theme for theme, _path in merged[key].themes),
        )
        for key in keys
    ]
    return arrange(items, most * SPARE)
