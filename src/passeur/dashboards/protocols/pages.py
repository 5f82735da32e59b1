"""The pages there are: each says its name, the question it answers, and how its board is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from .boards import Board
from .slices import Slice


@dataclass(frozen=True, slots=True)
class Page:
    """`listed(slice, tile)` gives the keys of the conversations that a tile counts, or None: it has no list.

    `empty` says what to do where there is nothing yet; `widens`, that a longer period may show something.
    """

    slug: str
    name: str | Promise
    title: str | Promise
    board: Callable[[Slice], Board]
    listed: Callable[[Slice, str], Sequence[int] | None]
    empty: str | Promise
    order: int = 50
    widens: bool = True


_pages: dict[str, Page] = {}


def register(page: Page) -> Page:
    """Offer a page; registering the same again replaces it."""
    _pages[page.slug] = page
    return page


def pages() -> list[Page]:
    """All of them, in their order."""
    return sorted(_pages.values(), key=lambda page: (page.order, page.slug))
