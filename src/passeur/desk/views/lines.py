"""The lines of a list as they are drawn: each of its values, and drawn again only when one of them changes.

What differs by where a line stands (its place, its list, the token of its forms, where focus goes) stands in
it as marks, and so do ages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from passeur.foundation import pure
from passeur.foundation.icons import Icon
from passeur.foundation.templatetags.foundation import when

from ..choices import Outcome, Snooze
from ..cues import Opens

if TYPE_CHECKING:
    from passeur.accounts.models import Member

    from ..cues import Cue
    from ..models import Step
    from ..queries import Line

FORM = pure.mark()
"""Where the token of each form goes: the word is put there by whoever sends the page."""
_WHERE, _QUERY, _AT, _FOCUS = pure.mark(), pure.mark(), pure.mark(), pure.mark()
NOWHERE = -1
"""The place of a line that comes in by itself."""


@dataclass(frozen=True, slots=True)
class _Move:
    """Something to do: elsewhere (`url`), at once, or after a form that is fetched from `there`."""

    label: str
    url: str
    there: str
    at_once: bool


@dataclass(frozen=True, slots=True)
class _Reason:
    words: str
    weight: int


@dataclass(frozen=True, slots=True)
class _Colleague:
    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class _Rest:
    """Which gesture keeps a line there: whose, for whom, until when."""

    outcome: str
    by: str
    to: str
    until: SafeString


@dataclass(frozen=True, slots=True)
class _Line:
    """All that a line says. `where` is its community, where there are several."""

    anchor: str
    stamp: str
    waits: bool
    icon: Icon
    label: str
    where: str
    since: dt.datetime
    today: dt.date
    title: str
    url: str
    why: SafeString
    rest: _Rest | None
    moves: tuple[_Move, ...]
    reasons: tuple[_Reason, ...]
    done: str
    later: str
    hand: str
    colleagues: tuple[_Colleague, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list stands, which its forms send back so that it comes again; and where focus goes in it."""

    view: str
    page: int
    community: str
    focus: int | None = None

    def fields(self, number: int) -> SafeString:
        """Hidden fields."""
        given = {"view": self.view, "community": self.community, "page": self.page, "place": number}
        return SafeString(
            "".join(
                format_html('<input type="hidden" name="{}" value="{}">', name, value)
                for name, value in given.items()
                if value != ""
            )
        )

    def query(self, number: int) -> SafeString:
        """The same, in an address."""
        query = format_html("?view={}&amp;page={}&amp;place={}", self.view, self.page, number)
        return query + (
            format_html("&amp;community={}", self.community) if self.community else SafeString("")
        )


def drawn(
    lines: Iterable[tuple[int, Line]],
    place: Place,
    now: dt.datetime,
    *,
    says_where: bool,
    colleagues: Mapping[int, Sequence[Member]],
) -> list[SafeString]:
    """The lines with their numbers in the list, in order."""
    snoozes = tuple((str(value), str(label)) for value, label in Snooze.choices)
    today = timezone.localtime(now).date()
    found = []
    for number, line in lines:
        part = pure.drawn(
            "desk/_cue.html",
            line=_values(line, today, says_where, colleagues.get(line.cue.community.pk, ())),
            snoozes=snoozes,
            form=FORM,
            where=_WHERE,
            query=_QUERY,
            at=_AT,
            focus=_FOCUS,
        )
        here = {
            _WHERE: place.fields(number),
            _QUERY: place.query(number),
            _AT: SafeString(" at" if number == (place.focus or 0) else ""),
            _FOCUS: SafeString(" data-focus" if number == place.focus else ""),
        }
        found.append(pure.filled(part, here))
    return found


def _values(line: Line, today: dt.date, says_where: bool, colleagues: Sequence[Member]) -> _Line:
    cue = line.cue
    at = [cue.community.slug, cue.key]
    return _Line(
        anchor=cue.anchor,
        stamp=line.stamp,
        waits=cue.waiting is not None,
        icon=cue.rule.icon,
        label=str(cue.rule.label),
        where=cue.community.name if says_where else "",
        since=cue.since,
        today=today,
        title=cue.title,
        url=cue.url,
        why=cue.why,
        rest=_rest(line.step) if line.step is not None else None,
        moves=_moves(cue),
        reasons=tuple(_Reason(str(reason.words), reason.weight) for reason in cue.reasons),
        done=reverse("desk:done", args=at),
        later=reverse("desk:snooze", args=at),
        hand=reverse("desk:hand", args=at),
        colleagues=tuple(_Colleague(one.pk, one.name) for one in colleagues),
    )


def _moves(cue: Cue) -> tuple[_Move, ...]:
    return tuple(
        _Move(
            label=str(move.label),
            url=move.url,
            there=reverse("desk:move", args=[cue.community.slug, cue.key, move.slug]),
            at_once=move.opens == Opens.NOTHING,
        )
        for move in cue.moves
    )


def _rest(step: Step) -> _Rest:
    """A gesture that rests is said by its date, one that was handed over by whom it was handed to."""
    handed = step.outcome == Outcome.HANDED
    return _Rest(
        outcome=step.outcome,
        by=step.by.name,
        to=step.to.name if step.to else "",
        until=SafeString("") if handed else when(step.until),
    )
