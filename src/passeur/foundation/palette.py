"""The palette (Ctrl K): rooms register functions that offer lines for what a person types."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from passeur.foundation.icons import Icon
from passeur.foundation.navigation import Navigation

MOST = 12


@dataclass(frozen=True, slots=True)
class PaletteItem:
    """One line: a page, a person, a question. `hint` is its shortcut or what it is."""

    label: str | Promise
    url: str
    icon: Icon
    hint: str = ""


Provider = Callable[[HttpRequest, str], Iterable[PaletteItem]]

_providers: dict[str, tuple[int, Provider]] = {}


def offer(*, order: int = 50) -> Callable[[Provider], Provider]:
    """Register a function of (request, query), query never empty; a few lines, at a fixed cost of queries."""

    def register(function: Provider) -> Provider:
        _providers[f"{function.__module__}.{function.__qualname__}"] = (order, function)
        return function

    return register


def lines(request: HttpRequest, query: str) -> list[PaletteItem]:
    """What the palette shows for `query`: pages first, then what the rooms find, then the full search."""
    query = query.strip()
    return list(islice(_all(request, query), MOST))


def _all(request: HttpRequest, query: str) -> Iterator[PaletteItem]:
    navigation = Navigation(request)
    wanted = fold(query)
    for item in _pages(navigation):
        if wanted in fold(str(item.label)):
            yield item
    if not query:
        return
    for _order, provider in sorted(_providers.values(), key=lambda pair: pair[0]):
        yield from islice(provider(request, query), 4)
    if search := navigation.places.get("search"):
        label = _("Chercher « %(query)s » partout") % {"query": query}
        yield PaletteItem(label, f"{search}?{urlencode({'q': query})}", Icon("search"), "/")


def _pages(navigation: Navigation) -> Iterator[PaletteItem]:
    if ask := navigation.places.get("ask"):
        yield PaletteItem(_("Poser une question"), ask, Icon("circle-plus"), "n")
    for link in navigation.links:
        yield PaletteItem(link.label, link.url, Icon(link.icon), f"g {link.key}" if link.key else "")


def fold(text: str) -> str:
    """Lower case without accents."""
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
