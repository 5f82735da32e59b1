"""Parts of a digest beside the notices: rooms above say what is new for a person since their last one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .kinds import Words

if TYPE_CHECKING:
    from passeur.accounts.models import Member


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """One line: what it is, the path where it is read, and why it stands there, in words.

    `subject` as in `tell`: what the same digest tells of it already is not said twice.
    """

    title: str
    url: str
    why: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class DigestSection:
    """A part with its heading. `entries(member, since, until)`: a few, with the rights of now, or none."""

    slug: str
    title: Words
    entries: Callable[[Member, dt.datetime, dt.datetime], Sequence[DigestEntry]]
    order: int = 50


_sections: dict[str, DigestSection] = {}


def offer(section: DigestSection) -> DigestSection:
    """Make a part known; registering its slug again replaces it."""
    _sections[section.slug] = section
    return section


def digest_sections() -> list[DigestSection]:
    """All parts, in their order."""
    return sorted(_sections.values(), key=lambda section: (section.order, section.slug))
