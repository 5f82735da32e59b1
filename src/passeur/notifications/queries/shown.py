"""Notices in words, with the rights of now, grouped by what they are about."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from passeur.foundation import pagination

from .. import policies
from ..choices import Way
from ..models import Notice
from ..protocols import Kind, Line, Told, kind_of
from .wishes import ways

if TYPE_CHECKING:
    from passeur.accounts.models import Member

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice and its words."""

    notice: Notice
    kind: Kind
    line: Line

    @property
    def at(self) -> dt.datetime:
        return self.notice.last_at

    @property
    def is_new(self) -> bool:
        return self.notice.is_new


@dataclass(slots=True)
class Group:
    """Notices about one thing, newest first."""

    subject: str
    title: str
    place: str
    shown: list[Shown] = field(default_factory=list)

    @property
    def at(self) -> dt.datetime:
        return max(one.at for one in self.shown)

    @property
    def is_new(self) -> bool:
        return any(one.is_new for one in self.shown)


def in_words(member: Member, happened: Mapping[Notice, Sequence[int]]) -> list[Shown]:
    """The words of notices, each with what happened; those that `member` may not see, or that are pointless
    by now, are left out. Two questions a kind, in the language that is active.
    """
    by_kind: dict[str, list[Notice]] = defaultdict(list)
    for notice in happened:
        by_kind[notice.kind].append(notice)
    words: dict[int, tuple[Kind, Line]] = {}
    for slug, notices in by_kind.items():
        kind = kind_of(slug)
        if kind is None:
            continue
        due = set(kind.still_due(member, [notice.object for notice in notices]))
        told = {notice.object: notice for notice in notices if notice.object in due}
        lines = (
            kind.lines(member, [Told(pk, happened[notice]) for pk, notice in told.items()]) if told else {}
        )
        words |= {told[pk].pk: (kind, line) for pk, line in lines.items() if pk in told}
    return [Shown(notice, *words[notice.pk]) for notice in happened if notice.pk in words]


def grouped(shown: Sequence[Shown]) -> list[Group]:
    """By what they are about, in the order in which each subject first comes."""
    groups: dict[str, Group] = {}
    for one in shown:
        about = groups.setdefault(
            one.notice.subject, Group(one.notice.subject, one.line.title, one.line.place)
        )
        about.shown.append(one)
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list: its groups, and the cursors around it."""

    groups: list[Group]
    page: pagination.Page[Notice]

    @property
    def is_new(self) -> bool:
        return any(group.is_new for group in self.groups)


def listed(member: Member, cursor: str | None = None) -> Listing:
    """What a person was told, newest first, without the kinds they want to hear nothing of."""
    wanted = [kind for kind, way in ways(member).items() if way != Way.NONE]
    notices = Notice.objects.filter(policies.visible_to(member), kind__in=wanted)
    page = pagination.page(notices, cursor, size=PAGE_SIZE, field="last_at")
    shown = in_words(member, {notice: notice.unread or notice.happened for notice in page.items})
    return Listing(grouped(shown), page)


def one_of(member: Member, pk: int) -> Shown | None:
    """One of the person's own notices, in words; None when there is nothing to see."""
    notice = Notice.objects.filter(policies.visible_to(member), pk=pk).first()
    if notice is None:
        return None
    return next(iter(in_words(member, {notice: notice.unread or notice.happened})), None)
