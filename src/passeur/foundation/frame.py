"""What stands around each page (bar, navigation, foot), drawn of values in one part that is kept.

What differs from page to page within one frame (the token of its forms, its own address, where its stream
stands) is put into the drawn text afterwards, where a mark stands that nobody outside this process knows.
The pieces between which the page itself stands are cut at a mark too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from . import pure, slots
from .navigation import Line, Navigation, Purpose, words_of
from .tokens import form_token

_FORM, _PATH, _SWITCHER, _BAR, _FOOT, _CUT = [pure.mark() for _ in range(6)]
_MARKS = {"form": _FORM, "path": _PATH, "switcher": _SWITCHER, "bar": _BAR, "foot": _FOOT, "cut": _CUT}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the navigation, as it is drawn."""

    label: str
    url: str
    icon: str
    key: str = ""
    tab_label: str = ""
    current: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Entries:
    """The lines of one purpose."""

    label: str
    links: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Who reads, as the bar draws them."""

    name: str
    initials: str
    tint: int


@dataclass(frozen=True, slots=True)
class Places:
    """The addresses that play a part in the frame; empty where there is none for this person."""

    home: str = ""
    search: str = ""
    ask: str = ""
    sign_in: str = ""
    sign_out: str = ""


class Frame:
    """The frame of one page, drawn when a template asks for a piece of it: `above` the page, the `nav`
    beside it, its `foot`, the `tabs` of small screens, and what stands `behind` until it is called.
    """

    def __init__(self, request: HttpRequest, navigation: Navigation) -> None:
        self._request, self._navigation = request, navigation

    @property
    def above(self) -> SafeString:
        return self._pieces[0]

    @property
    def nav(self) -> SafeString:
        return self._pieces[1]

    @property
    def foot(self) -> SafeString:
        return self._pieces[2]

    @property
    def tabs(self) -> SafeString:
        return self._pieces[3]

    @property
    def behind(self) -> SafeString:
        return self._pieces[4]

    @cached_property
    def language(self) -> SafeString:
        drawn = pure.drawn("foundation/_language.html", form=_FORM, path=_PATH)
        return pure.filled(drawn, {_FORM: self._form, _PATH: self._path})

    @cached_property
    def _pieces(self) -> list[SafeString]:
        request, known = self._request, self._navigation.places
        places = Places(**{name: known[name] for name in Places.__slots__ if name in known})
        drawn = pure.drawn_from(
            "foundation/_frame.html",
            _values,
            lines=self._navigation.lines,
            places=places,
            person=self._person,
            shortcuts_on=bool(getattr(request.user, "shortcuts", True)),
            is_asking=request.path == places.ask,
        )
        filled = {
            _SWITCHER: slots.render("switcher", request),
            _BAR: slots.render("bar", request),
            _FOOT: slots.render("foot", request),
            _FORM: self._form,
            _PATH: self._path,
        }
        return [SafeString(piece) for piece in pure.filled(drawn, filled).split(_CUT)]

    @cached_property
    def _person(self) -> Person | None:
        member = self._request.user
        return Person(member.name, member.initials, member.tint) if member.is_authenticated else None

    @cached_property
    def _form(self) -> SafeString:
        token = form_token(self._request)
        return SafeString(f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">')

    @cached_property
    def _path(self) -> SafeString:
        return conditional_escape(self._request.get_full_path())


def _values(
    lines: tuple[Line, ...], places: Places, person: Person | None, shortcuts_on: bool, is_asking: bool
) -> dict[str, Any]:
    """All that the template of the frame shows."""
    aside = (Purpose.MENU, Purpose.FOOT)
    groups = [
        Entries(str(purpose.value), entries)
        for purpose in Purpose
        if purpose not in aside
        and (entries := _entries(line for line in lines if line.purpose == purpose.name))
    ]
    tabs = sorted(
        (line for line in lines if words_of(line).tab is not None), key=lambda line: words_of(line).tab or 0
    )
    return {
        "places": places,
        "person": person,
        "groups": groups,
        "menu": _entries(line for line in lines if line.purpose == Purpose.MENU.name),
        "links": _entries(line for line in lines if line.purpose == Purpose.FOOT.name),
        "first": _entries(tabs[:2]),
        "last": _entries(tabs[2:3]),
        "keys": _entries(line for line in lines if words_of(line).key),
        "shortcuts_on": shortcuts_on,
        "is_asking": is_asking,
        "mark": _MARKS,
    }


def _entries(lines: Iterable[Line]) -> tuple[Entry, ...]:
    return tuple(_entry(line) for line in lines)


def _entry(line: Line) -> Entry:
    words = words_of(line)
    label, tab_label = str(words.label), str(words.tab_label or words.label)
    return Entry(label, line.url, words.icon, words.key, tab_label, line.current, line.count)
