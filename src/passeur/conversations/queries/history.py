"""The versions of a text and what each one changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from passeur.foundation.markdown import html_to_markdown
from passeur.foundation.markdown.diff import diff

from ..choices import Markup, Part
from ..models import Contribution

if TYPE_CHECKING:
    from passeur.accounts.models import Member


@dataclass(frozen=True, slots=True)
class Version:
    """One version: when it was written, by whom, and its difference from the one before as safe HTML."""

    number: int
    at: dt.datetime
    author: Member | None
    title_changed: SafeString | None
    changed: SafeString


def versions(contribution: Contribution) -> list[Version]:
    """All versions, newest first. The first one is shown as it was."""
    told = [
        (r.version, r.created_at, r.author, r.title, _markdown(r.body, r.markup))
        for r in contribution.revisions.select_related("author")
    ]
    kept = contribution.conversation.words or contribution.conversation.title_aside
    title = kept if contribution.part == Part.OPENING else ""
    now = (
        contribution.version,
        contribution.edited_at or contribution.created_at,
        contribution.edited_by or contribution.author,
        title,
        _markdown(contribution.body, contribution.markup),
    )
    told.append(now)
    compared = []
    before_title, before = told[0][3], told[0][4]
    for number, at, author, this_title, text in told:
        title_changed = diff(before_title, this_title) if this_title != before_title else None
        compared.append(Version(number, at, author, title_changed, diff(before, text)))
        before_title, before = this_title, text
    return compared[::-1]


def _markdown(body: str, markup: str) -> str:
    return html_to_markdown(body) if markup == Markup.HTML else body
