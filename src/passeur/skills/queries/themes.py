"""The tree of themes of a community, and finding one in it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet

from passeur.algorithms.text import STOP_WORDS
from passeur.algorithms.words import LANGUAGES, stem
from passeur.communities import policies as communities
from passeur.foundation.prepared import Asked, Question, prepared
from passeur.foundation.text import fold, fold_name

from .. import policies
from ..models import Synonym, Theme

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


_WORD = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class ThemeNode:
    """A theme and those under it, by name."""

    theme: Theme
    children: list[ThemeNode] = field(default_factory=list)


def visible_themes(member: Member) -> QuerySet[Theme]:
    """The themes of the communities that `member` may see, merged ones left out."""
    return Theme.objects.filter(policies.visible_to(member), merged_into=None)


def tree(community: Community) -> list[ThemeNode]:
    """The roots, each with what is under it. One query."""
    nodes = {theme.pk: ThemeNode(theme) for theme in _living(community).order_by("folded", "pk")}
    roots: list[ThemeNode] = []
    for node in nodes.values():
        parent = nodes.get(node.theme.parent_id) if node.theme.parent_id else None
        (parent.children if parent else roots).append(node)
    return roots


def themes(community: Community) -> list[Theme]:
    """All themes in the order of the tree: a theme, then those under it. One query."""

    def walk(nodes: list[ThemeNode]) -> Iterable[Theme]:
        for node in nodes:
            yield node.theme
            yield from walk(node.children)

    return list(walk(tree(community)))


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme as it was read."""

    pk: int
    parent_id: int | None
    name: str
    slug: str


def themes_asked(community: Community) -> Question:
    """The themes of a community, `ThemeLine`s, for `reading.ask`; `in_order` makes a tree of them."""
    return _lines.asked(community=community.pk)


@prepared
def _lines(community: Asked) -> QuerySet[Theme, Any]:
    rows = Theme.objects.filter(community=community, merged_into=None).order_by("folded", "pk")
    return rows.values("pk", "parent_id", "name", "slug")


def theme_lines(community: Community) -> list[ThemeLine]:
    """All themes in the order of the tree, as lines: there may be hundreds. One query."""
    rows = Theme.objects.filter(community=community, merged_into=None).order_by("folded", "pk")
    return in_order([ThemeLine(*row) for row in rows.values_list("pk", "parent_id", "name", "slug")])


def in_order(lines: Collection[ThemeLine]) -> list[ThemeLine]:
    """In the order of the tree: a theme, then those under it. What stands under nothing known is a root."""
    known, below = {line.pk for line in lines}, defaultdict(list)
    for line in lines:
        below[line.parent_id if line.parent_id in known else None].append(line)

    def walk(key: int | None) -> Iterable[ThemeLine]:
        for line in below[key]:
            yield line
            yield from walk(line.pk)

    return list(walk(None))


def roots(community: Community) -> QuerySet[Theme]:
    """The themes that stand under no other, by name."""
    return _living(community).filter(parent=None).order_by("folded", "pk")


def children(theme: Theme) -> QuerySet[Theme]:
    """The themes right under one, by name."""
    return Theme.objects.filter(parent=theme, merged_into=None).order_by("folded", "pk")


def synonyms(theme: Theme) -> QuerySet[Synonym]:
    """The other words for a theme."""
    return Synonym.objects.filter(theme=theme).select_related("theme__community").order_by("folded")


def own_themes(member: Member) -> QuerySet[Theme]:
    """The themes of the communities that `member` belongs to and that are alive."""
    return _own(Q(community__in=communities.standings(member))).select_related("community")


def _own(standing: Q) -> QuerySet[Theme]:
    return Theme.objects.filter(standing, community__archived_at=None, merged_into=None).order_by(
        "folded", "pk"
    )


def own_themes_named(member: Member, name: str) -> list[Theme]:
    """The themes of `member`'s communities that a name or synonym stands for: one a community."""
    return list(own_themes(member).filter(_goes_by(fold_name(name))))


@dataclass(frozen=True, slots=True)
class NamedTheme:
    """A theme and its community, as a page leads to it."""

    slug: str
    name: str
    place_slug: str
    place_name: str


def own_themes_named_asked(member: Member, name: str) -> Question:
    """The same, to be asked with what a page reads: rows of `NamedTheme`."""
    return _own_named.asked(communities=list(communities.standings(member)), folded=fold_name(name))


@prepared
def _own_named(communities: Asked, folded: Asked) -> QuerySet[Theme, Any]:
    return (
        _own(Q(community__among=communities))
        .filter(_goes_by(folded))
        .values("slug", "name", place_slug=F("community__slug"), place_name=F("community__name"))
    )


def _goes_by(folded: Asked) -> Q:
    return Q(folded=folded) | Q(pk__in=Synonym.objects.filter(folded=folded).values("theme_id"))


def named(keys: Iterable[int]) -> dict[int, tuple[str, str]]:
    """The name and the slug of these themes, whoever asks. One query."""
    rows = Theme.objects.filter(pk__in=list(keys)).values_list("pk", "name", "slug")
    return {key: (name, slug) for key, name, slug in rows}


def theme_by_slug(community: Community, slug: str) -> Theme | None:
    """The theme of that address, a merged one included: its `merged_into` says where it went."""
    return (
        Theme.objects.filter(community=community, slug=slug)
        .select_related("merged_into", "community")
        .first()
    )


def resolve(community: Community, names: Iterable[str]) -> tuple[list[Theme], list[str]]:
    """The themes that names or synonyms stand for, case and accents aside, and the names that are none.

    Each theme once, in the order given. Two queries, whatever the number of names.
    """
    wanted = {folded: name for name in names if (folded := fold_name(name))}
    found = by_folded(community, wanted)
    resolved = {found[folded].pk: found[folded] for folded in wanted if folded in found}
    return list(resolved.values()), [name for folded, name in wanted.items() if folded not in found]


def by_folded(community: Community, folded: Collection[str]) -> dict[str, Theme]:
    """By folded name or synonym, those that are of a theme. Two queries."""
    found = {theme.folded: theme for theme in _living(community).filter(folded__in=folded)}
    for synonym in Synonym.objects.filter(community=community, folded__in=folded).select_related("theme"):
        found.setdefault(synonym.folded, synonym.theme)
    return found


def with_descendants(*roots: Theme) -> QuerySet[Theme]:
    """The themes given and all that stand under them."""
    below = Q(pk__in=[])
    for theme in roots:
        below |= Q(community=theme.community_id, path__startswith=theme.path)
    return Theme.objects.filter(below, merged_into=None)


def ancestors(theme: Theme) -> list[Theme]:
    """The way from the root to the theme, itself left out."""
    keys = theme.ancestor_keys
    found = Theme.objects.in_bulk(keys) if keys else {}
    return [found[key] for key in keys if key in found]


def suggest(community: Community, text: str, *, most: int = 5) -> list[Theme]:
    """The themes that a text names, by name or synonym, the longest names first. Three queries.

    A word names another as it finds it in a search: *courroie* and *Courroies*, in French and in English.
    """
    places: dict[str, set[int]] = defaultdict(set)
    for place, word in enumerate(_words(text)):
        for form in _forms(word):
            places[form].add(place)
    if not places:
        return []
    names: dict[int, list[str]] = defaultdict(list)
    for key, name in _living(community).order_by().values_list("pk", "name"):
        names[key].append(name)
    living = {key: fold(some[0]) for key, some in names.items()}
    for key, name in Synonym.objects.filter(community=community).values_list("theme_id", "name"):
        names[key].append(name)
    found = {}
    for key, some in names.items():
        named = [len(name) for name in some if _is_named(_words(name), places)]
        if named and key in living:
            found[key] = max(named)
    longest = sorted(found, key=lambda key: (-found[key], living[key]))[:most]
    themes = Theme.objects.in_bulk(longest) if longest else {}
    return [themes[key] for key in longest]


def chosen(community: Community, *, keys: Collection[str], slug: str = "") -> list[Theme]:
    """The themes that a form names, by key or by slug, by name. One query at most."""
    wanted = Q(pk__in=[int(key) for key in keys if key.isdecimal() and len(key) < 19])
    if slug:
        wanted |= Q(slug=slug)
    return list(_living(community).filter(wanted).order_by("folded", "pk")) if keys or slug else []


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


@lru_cache(maxsize=50_000)
def _forms(word: str) -> frozenset[str]:
    """The word without accents, and what it stands for in each language; small words stand for themselves."""
    plain = fold(word)
    if plain in STOP_WORDS:
        return frozenset([plain])
    return frozenset([plain, *(f"{language}/{fold(stem(word, language))}" for language in LANGUAGES)])


def _is_named(name: list[str], places: dict[str, set[int]]) -> bool:
    """Whether the words of a name follow one another somewhere. `places`: where each form stands."""
    if not name:
        return False
    starts = None
    for offset, word in enumerate(name):
        here = {place - offset for form in _forms(word) for place in places.get(form, ())}
        starts = here if starts is None else starts & here
        if not starts:
            return False
    return True


def _living(community: Community) -> QuerySet[Theme]:
    return Theme.objects.filter(community=community, merged_into=None)
