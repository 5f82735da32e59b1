"""The parts around each page (bar, navigation, foot), drawn of values, so that they are drawn once.

What differs from page to page within one frame (the token of its forms, its own address, where its stream
stands) is put into the drawn text afterwards, where a mark stands that nobody outside this process knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from . import pure, slots
from .navigation import Link, Navigation

_FORM, _PATH, _SLOT, _SWITCHER = pure.mark(), pure.mark(), pure.mark(), pure.mark()


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
    """The frame of one page; each part is drawn when a template asks for it."""

    def __init__(self, request: HttpRequest, navigation: Navigation) -> None:
        self._request, self._navigation = request, navigation

    @cached_property
    def bar(self) -> SafeString:
        drawn = pure.drawn(
            "foundation/_bar.html",
            places=self._places,
            person=self._person,
            menu=_entries(self._navigation.menu),
            switcher=_SWITCHER,
            slot=_SLOT,
            form=_FORM,
        )
        request = self._request
        filled = {_SWITCHER: slots.render("switcher", request), _SLOT: slots.render("bar", request)}
        return pure.filled(drawn, {**filled, _FORM: self._form})

    @cached_property
    def nav(self) -> SafeString:
        return pure.drawn("foundation/_nav.html", groups=self._groups)

    @cached_property
    def foot(self) -> SafeString:
        links = _entries(self._navigation.foot)
        drawn = pure.drawn("foundation/_foot.html", links=links, slot=_SLOT, form=_FORM, path=_PATH)
        filled = {_SLOT: slots.render("foot", self._request), _FORM: self._form, _PATH: self._path}
        return pure.filled(drawn, filled)

    @cached_property
    def language(self) -> SafeString:
        drawn = pure.drawn("foundation/_language.html", form=_FORM, path=_PATH)
        return pure.filled(drawn, {_FORM: self._form, _PATH: self._path})

    @cached_property
    def tabs(self) -> SafeString:
        ask = self._places.ask
        return pure.drawn(
            "foundation/_tabbar.html",
            first=_entries(self._navigation.tabs[:2]),
            last=_entries(self._navigation.tabs[2:]),
            ask=ask,
            is_asking=self._request.path == ask,
            has_menu=bool(self._groups),
        )

    @cached_property
    def shortcuts(self) -> SafeString:
        return pure.drawn(
            "foundation/_shortcuts.html",
            places=self._places,
            keys=_entries(self._navigation.keys),
            shortcuts_on=bool(getattr(self._request.user, "shortcuts", True)),
            is_member=self._person is not None,
        )

    @cached_property
    def _groups(self) -> tuple[Entries, ...]:
        return tuple(
            Entries(group.label, _entries(group.links, counted=True)) for group in self._navigation.groups
        )

    @cached_property
    def _places(self) -> Places:
        known = self._navigation.places
        return Places(**{name: known[name] for name in Places.__slots__ if name in known})

    @cached_property
    def _person(self) -> Person | None:
        member = self._request.user
        return Person(member.name, member.initials, member.tint) if member.is_authenticated else None

    @cached_property
    def _form(self) -> SafeString:
        token = get_token(self._request)
        return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)

    @cached_property
    def _path(self) -> SafeString:
        return conditional_escape(self._request.get_full_path())


def _entries(links: Iterable[Link], *, counted: bool = False) -> tuple[Entry, ...]:
    return tuple(
        Entry(link.label, link.url, link.icon, link.key, link.tab_label, link.current, link.count or 0)
        if counted
        else Entry(link.label, link.url, link.icon, link.key, link.tab_label, link.current)
        for link in links
    )
