"""What the navigation offers: rooms register their entries and places in their `slots.py`.

Nothing is listed here, so the navigation shows what is built and nothing else.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property, lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from passeur.foundation.icons import Icon

Words = str | Promise


class Purpose(Enum):
    """The groups of the navigation, in their order; the last two are the member's menu and the foot."""

    LEAD = _("Animer")
    LEARN = _("Apprendre ensemble")
    MINE = _("Pour moi")
    SHOW = _("Faire connaître")
    RUN = _("Administrer")
    MENU = _("Mon menu")
    FOOT = _("Pied de page")


def to_members(request: HttpRequest) -> bool:
    """Whether anybody is signed in: the default of `NavEntry.shown`."""
    return request.user.is_authenticated


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One line of the navigation. `count` is of things to do, never of unread things.

    `within` is a pattern of further addresses that belong to this entry.
    `key` is the letter after `g` that goes there; `tab` is the place in the bottom bar of small screens
    (two entries at most are kept on each side of « Demander »), with `tab_label` where the label is long.
    """

    purpose: Purpose
    label: Words
    icon: Icon
    url_name: str
    order: int = 50
    shown: Callable[[HttpRequest], bool] = to_members
    count: Callable[[HttpRequest], int | None] = lambda request: None
    url: Callable[[HttpRequest], str] | None = None
    within: str = ""
    key: str = ""
    tab: int | None = None
    tab_label: Words = ""

    def address(self, request: HttpRequest) -> str:
        """Where it leads."""
        return self.url(request) if self.url else _address(self.url_name)


def _address(url_name: str) -> str:
    """Where an address without a key is, which is worked out once."""
    return _found_at(url_name, get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF)


@lru_cache(maxsize=500)
def _found_at(url_name: str, _below: str, addresses: str) -> str:
    return reverse(url_name, addresses)


class Link:
    """A navigation entry as one request sees it."""

    def __init__(self, entry: NavEntry, url: str, request: HttpRequest) -> None:
        self.entry, self.url, self._request = entry, url, request
        self.current = ""

    @cached_property
    def count(self) -> int | None:
        """How much there is to do; asked only where it is shown."""
        return self.entry.count(self._request)

    @property
    def label(self) -> str:
        return str(self.entry.label)

    @property
    def icon(self) -> str:
        return self.entry.icon

    @property
    def key(self) -> str:
        return self.entry.key

    @property
    def tab_label(self) -> str:
        return str(self.entry.tab_label or self.entry.label)


@dataclass(frozen=True, slots=True)
class Line:
    """What one request says of an entry: with the words of `words_of`, all that is drawn of it."""

    purpose: str
    url_name: str
    url: str
    current: str
    count: int


@dataclass(slots=True)
class Group:
    """The entries of one purpose."""

    purpose: Purpose
    links: list[Link] = field(default_factory=list)

    @property
    def label(self) -> str:
        return str(self.purpose.value)


_UNCOUNTED = {Purpose.MENU, Purpose.FOOT}
_entries: dict[tuple[str, str], NavEntry] = {}
_places: dict[str, tuple[str, Callable[[HttpRequest], bool]]] = {}


def register(entry: NavEntry) -> NavEntry:
    """Offer `entry` to those it is shown to. Registering the same again replaces it."""
    _entries[(entry.purpose.name, entry.url_name)] = entry
    purposes = list(Purpose)
    ordered = sorted(_entries.items(), key=lambda of: (purposes.index(of[1].purpose), of[1].order, of[0][1]))
    _entries.clear()
    _entries.update(ordered)
    return entry


def place(name: str, url_name: str, *, shown: Callable[[HttpRequest], bool] = lambda request: True) -> None:
    """Say which address plays a part in the frame of each page, for those it is shown to.

    The parts: home, search, ask, sign_in, sign_out, notifications, profile.
    """
    _places[name] = (url_name, shown)


def entries() -> list[NavEntry]:
    """All that is registered: by purpose, then order, then address."""
    return list(_entries.values())


def words_of(line: Line) -> NavEntry:
    """The entry that a line stands for."""
    return _entries[(line.purpose, line.url_name)]


class Navigation:
    """The navigation of one request, computed once and only when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def links(self) -> list[Link]:
        """All entries shown to this person, the current one marked."""
        links = [
            Link(entry, url, self._request)
            for entry in entries()
            if entry.shown(self._request) and (url := self._address(entry)) is not None
        ]
        path = self._request.path
        named = [link for link in links if link.entry.within and re.match(link.entry.within, path)]
        nearest = max(
            named
            or [link for link in links if path == link.url or path.startswith(link.url.rstrip("/") + "/")],
            key=lambda link: len(link.url),
            default=None,
        )
        for link in links:
            if nearest is not None and link.url == nearest.url:
                link.current = "page" if path == link.url else "true"
        return links

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The same as values; only the side navigation counts."""
        return tuple(
            Line(
                link.entry.purpose.name,
                link.entry.url_name,
                link.url,
                link.current,
                0 if link.entry.purpose in _UNCOUNTED else link.count or 0,
            )
            for link in self.links
        )

    @cached_property
    def groups(self) -> list[Group]:
        """The side navigation, by purpose; empty groups are left out."""
        made = [Group(purpose, self._of(purpose)) for purpose in Purpose]
        return [group for group in made if group.links and group.purpose not in _UNCOUNTED]

    @cached_property
    def menu(self) -> list[Link]:
        """The member's own menu."""
        return self._of(Purpose.MENU)

    @cached_property
    def foot(self) -> list[Link]:
        """Links at the foot of each page."""
        return self._of(Purpose.FOOT)

    @cached_property
    def keys(self) -> list[Link]:
        """Entries that `g` and a letter go to."""
        return [link for link in self.links if link.key]

    @cached_property
    def tabs(self) -> list[Link]:
        """The bottom bar of small screens, without its two fixed places (ask, menu): at most three."""
        tabs = [link for link in self.links if link.entry.tab is not None]
        return sorted(tabs, key=lambda link: link.entry.tab or 0)[:3]

    @cached_property
    def places(self) -> dict[str, str]:
        """The addresses that play a part in the frame, by part."""
        found: dict[str, str] = {}
        for name, (url_name, shown) in _places.items():
            try:
                url = _address(url_name)
            except NoReverseMatch:
                continue
            if shown(self._request):
                found[name] = url
        return found

    def _of(self, purpose: Purpose) -> list[Link]:
        return [link for link in self.links if link.entry.purpose is purpose]

    def _address(self, entry: NavEntry) -> str | None:
        try:
            return entry.address(self._request)
        except NoReverseMatch:
            return None
