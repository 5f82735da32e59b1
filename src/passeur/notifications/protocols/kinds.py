"""A kind of thing that a person is told. Each room registers its own, in its module `notices`.

What is stored of a notice are numbers only. Words are made when somebody looks or when mail leaves, from the
things as they are then and with the rights that the person has then: what they may not see any more, what
was taken back or has become pointless is neither shown nor sent.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from passeur.foundation.icons import Icon

from ..choices import Way

if TYPE_CHECKING:
    from passeur.accounts.models import Member

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Told:
    """One notice, as its kind puts it into words: a thing, and what happened to it, oldest first.

    `happened` are the keys that `tell` was given; in a mail only those that no mail told yet.
    """

    object: int
    happened: Sequence[int]


@dataclass(frozen=True, slots=True)
class Move:
    """Something one can do at once about a notice: an address of ours that opens a page."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A notice in words, in the language that is active.

    `words`: one sentence without its stop, « Naïma Ferrand et 2 autres ont répondu ». `url`: the path where
    it is read. `title` and `place`: what it is about, the same for all lines of a subject, and the community.
    `extract`: what was written, as plain text. `details`: reasons and the like, one short line each.
    `heading`: the subject of a mail that holds this alone, else made of words and title.
    """

    words: str
    url: str
    title: str
    place: str = ""
    extract: str = ""
    details: Sequence[str] = ()
    moves: Sequence[Move] = ()
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing to tell.

    `slug`: its name in the database, never changed. `label`, `description`: in the preferences.
    `default`: how people are told who chose nothing. `patience`: seconds that a mail waits at least, so that
    what follows comes in the same mail, and what was a mistake can be taken back.

    `still_due`: of these objects, those that the member may see now and that are still worth telling. It asks
    the visibility policy of its own room. It is asked each time, before `lines`.
    `lines`: the words of each notice by object; without one there is nothing to say. Both ask the database
    a number of times that does not grow with the number of notices.
    """

    slug: str
    label: Words
    description: Words
    icon: Icon
    still_due: Callable[[Member, Collection[int]], Collection[int]]
    lines: Callable[[Member, Sequence[Told]], Mapping[int, Line]]
    default: Way = Way.MAIL
    patience: int = 300
    order: int = 50


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known; registering its slug again replaces it."""
    _kinds[kind.slug] = kind
    return kind


def kind_of(slug: str) -> Kind | None:
    """The kind of that slug; None where no room speaks for it any more."""
    return _kinds.get(slug)


def kinds() -> list[Kind]:
    """All of them, in the order of the preferences."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.slug))
