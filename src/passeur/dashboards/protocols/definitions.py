"""What each figure means: said on its tile, and, with formula and source, on the page of all definitions."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Definition:
    """`page` is the slug of the page where the figure stands, `key` that of its tile or chart.

    `source` is who published the measure or its estimator, where it is not a plain count or share.
    """

    page: str
    key: str
    name: Words
    text: Words
    formula: Words
    source: Words = ""

    @property
    def anchor(self) -> str:
        """Where it stands on the page of all definitions."""
        return f"{self.page}-{self.key}"


_defined: dict[str, Definition] = {}


def define(definition: Definition) -> Definition:
    """Put a definition on the page of all; the same again replaces it."""
    _defined[definition.anchor] = definition
    return definition


def of_page(slug: str) -> list[Definition]:
    """Those of the figures of a page, in the order in which they were defined."""
    return [one for one in _defined.values() if one.page == slug]
