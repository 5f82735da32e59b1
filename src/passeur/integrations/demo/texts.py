"""Texts of the demonstration: Markdown as members write it, with links to other conversations by number."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from passeur.channels.protocols import SafeHtml
from passeur.foundation import markdown

_NUMBER = re.compile(r"\]\(#(\d+)\)")

FORM = (
    ("situation", "La situation"),
    ("did", "Ce que j’ai fait"),
    ("gave", "Ce que cela a donné"),
    ("again", "Ce que je referais"),
)
"""The parts of an experience, headed as the form heads them."""


class Texts:
    """Renders the texts of one community; `people` are name and address of a profile by key."""

    def __init__(self, community: str, people: Mapping[str, tuple[int, str, str]]) -> None:
        self._community, self._people = community, people

    def source(self, text: str) -> str:
        """The text as its author wrote it here: links by number become addresses that last."""
        return _NUMBER.sub(lambda found: f"](/from/demo/{self._community}/{int(found[1])}/)", text.strip())

    def html(self, text: str) -> tuple[SafeHtml, list[int]]:
        """What to show, and the keys of the members it mentions."""
        rendered = markdown.render(text, mention_resolver=self._named)
        return SafeHtml(str(rendered.html)), rendered.mentions

    def _named(self, handles: Collection[str]) -> dict[str, tuple[int, str, str]]:
        return {handle: self._people[handle] for handle in handles if handle in self._people}


def opening(conversation: Mapping[str, Any]) -> str:
    """What opens a conversation; an experience is told in four parts."""
    if "situation" not in conversation:
        return str(conversation["body"])
    return "\n\n".join(
        f"## {head}\n\n{conversation[part].strip()}" for part, head in FORM if part in conversation
    )
