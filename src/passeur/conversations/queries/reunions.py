"""Two people changed the same text: what goes together, and where they must choose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from passeur.algorithms.merging import Merge, merge, merge_words
from passeur.foundation.markdown import html_to_markdown

from ..choices import Markup, Part
from ..models import Contribution

if TYPE_CHECKING:
    from passeur.accounts.models import Member


@dataclass(frozen=True, slots=True)
class Reunion:
    """My change and the one saved meanwhile, against the version that I opened.

    `against` is the version that is there now; `other` wrote it.
    """

    title: Merge
    body: Merge
    against: int
    other: Member | None


def reunion(contribution: Contribution, *, version: int, body: str, title: str) -> Reunion:
    """Bring `body` and `title`, changes of `version`, together with what is there now.

    When that version is no longer kept, nothing can be merged by itself: both texts stand side by side.
    """
    opened = contribution.revisions.filter(version=version).first()
    base = source_of(opened.body, opened.markup) if opened else ""
    titled = contribution.part == Part.OPENING
    present = contribution.conversation.title if titled else title
    return Reunion(
        title=merge_words(opened.title if opened and titled else present, title, present),
        body=merge(base, body, source_of(contribution.body, contribution.markup)),
        against=contribution.version,
        other=contribution.edited_by or contribution.author,
    )


def source_of(body: str, markup: str) -> str:
    """A text as one edits it: Markdown, also for what came in as HTML."""
    return html_to_markdown(body) if markup == Markup.HTML else body


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of two texts as the page shows it. `place` counts those to decide; None for the others."""

    place: int | None
    changed: bool
    text: str
    base: str = ""
    mine: str = ""
    theirs: str = ""

    @property
    def number(self) -> int:
        return (self.place or 0) + 1


def stretches(merged: Merge) -> list[Stretch]:
    """The whole text, in order."""
    found, place = [], 0
    for chunk in merged.chunks:
        if (text := chunk.settled) is not None:
            found.append(Stretch(None, chunk.base != text, text))
        else:
            found.append(Stretch(place, True, "", chunk.base, chunk.mine, chunk.theirs))
            place += 1
    return found
