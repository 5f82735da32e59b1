"""The parts of the search page that are kept: its fields, who goes by the words, and the results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from passeur.accounts.queries import Drawn
from passeur.communities.queries import Named
from passeur.foundation import pure
from passeur.foundation.reading import NOTHING, Said
from passeur.skills.queries import NamedTheme

from ..forms.search import SearchFields, SearchForm
from ..queries.search import Scope, SearchPage, hits, parse

if TYPE_CHECKING:
    from passeur.skills.models import Theme

TYPED = ("kind", "state", "author", "since", "until")
"""Fields that are drawn with what was typed in them."""


def fields(
    form: SearchForm,
    places: Said,
    scope: Scope,
    themes: Iterable[Theme],
    *,
    text: str,
    refused: bool,
    opened: bool,
) -> SafeString:
    """The form, as it was filled in. `places` are the communities to choose from, `themes` those of one.

    `opened`: somebody is narrowing. What narrows is shown too where something does, or is wrong.
    """
    data: Mapping[str, str] = form.data
    typed = tuple((name, data[name]) for name in TYPED if name in data)
    return pure.drawn_from(
        "conversations/_search_form.html",
        _of_fields,
        places=places,
        typed=typed,
        wrong=tuple(form.errors),
        community=scope.community.slug if scope.community else "",
        theme=scope.theme.slug if scope.theme else "",
        themes=tuple((theme.slug, theme.name) for theme in themes),
        text=text,
        refused=refused,
        opened=opened or any(value for _, value in typed) or not form.errors.keys().isdisjoint(TYPED),
    )


def _of_fields(
    places: Said, typed: tuple[tuple[str, str], ...], wrong: tuple[str, ...], **given: Any
) -> dict[str, Any]:
    form = SearchFields(dict(typed))
    for name in wrong:
        if name not in form.errors:
            form.add_error(name, "")  # only who searches can be told why: beside the form
    return {"form": form, "places": places.rows("places", Named), **given}


@dataclass(frozen=True, slots=True)
class _Somebody:
    person: Drawn


def named(said: Said) -> SafeString | str:
    """The people and the themes that go by the words; empty without any."""
    if all(said.text(name) == NOTHING for name in ("people", "named")):
        return ""
    return pure.drawn_from("conversations/_search_named.html", _of_named, said=said.of("people", "named"))


def _of_named(said: Said) -> dict[str, Any]:
    people = tuple(row.person for row in said.rows("people", _Somebody))
    return {"people": people, "themes": said.rows("named", NamedTheme)}


def rows(page: SearchPage, text: str, *, is_typing: bool) -> SafeString:
    """The results of a page."""
    return pure.drawn_from(
        "conversations/_search_rows.html",
        _of_rows,
        said=page.said,
        ids=page.ids,
        text=text,
        is_typing=is_typing,
    )


def _of_rows(said: Said, ids: tuple[int, ...], text: str, is_typing: bool) -> dict[str, Any]:
    return {"hits": hits(said, ids, parse(text, typing=is_typing))}
