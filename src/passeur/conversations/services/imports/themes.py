"""Tags and channels become themes: found by name or synonym, else made below their parent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.text import slugify

from passeur.foundation.text import fold, fold_name

TABLES = "create temporary table theme_key (name text primary key, theme_id bigint)"
"""`theme_key` tells which theme a name used by the archive is."""

_NAMES = """
select name, parent, synonyms from incoming_theme
union all
select distinct n.name, null, null::text[]
from (select themes from incoming_thread union all select themes from thread_now) t,
    unnest(t.themes) as n (name)
where n.name not in (select name from incoming_theme)
"""

_KNOWN = """
with recursive standing as (
    select id, slug, folded, coalesce(merged_into_id, id) as now
    from skills_theme where community_id = %(community)s
    union select s.id, s.slug, s.folded, t.merged_into_id from standing s
    join skills_theme t on t.id = s.now where t.merged_into_id is not null
)
select s.slug, s.folded, s.now, t.path from standing s join skills_theme t on t.id = s.now
where t.merged_into_id is null
order by s.id <> s.now
"""

_MADE = """
insert into skills_theme (id, community_id, parent_id, name, folded, slug, description, path)
select id, %s, parent, name, folded, slug, '', path
from unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[])
    as n (id, parent, name, folded, slug, path)
"""

_CALLED = """
insert into skills_synonym (community_id, theme_id, name, folded) values (%s, %s, %s, %s)
on conflict (community_id, folded) do update set theme_id = excluded.theme_id
"""

_MERGED = """
with merged as (
    update skills_theme set merged_into_id = %(target)s where id = %(source)s or merged_into_id = %(source)s
), moved as (
    update conversations_conversationtheme l set theme_id = %(target)s
    where theme_id = %(source)s and not exists (
        select 1 from conversations_conversationtheme o
        where o.conversation_id = l.conversation_id and o.theme_id = %(target)s
    )
    returning l.id
)
delete from conversations_conversationtheme
where theme_id = %(source)s and id not in (select id from moved)
"""


@dataclass(frozen=True, slots=True)
class _New:
    id: int
    parent: int | None
    name: str
    folded: str
    slug: str
    path: str


class Themes:
    """The themes of one community, by every word that names them."""

    def __init__(self, community: int) -> None:
        self.community = community
        self.by_word: dict[str, int] = {}
        self.made = 0
        self._paths: dict[int, str] = {}
        self._slugs = {"edit", "new"}
        with connection.cursor() as cursor:
            cursor.execute(_KNOWN, {"community": community})
            for slug, folded, theme, path in cursor.fetchall():
                self.by_word.setdefault(folded, theme)
                self._paths[theme] = path
                self._slugs.add(slug)
            cursor.execute("select folded, theme_id from skills_synonym where community_id = %s", [community])
            for folded, theme in cursor.fetchall():
                self.by_word.setdefault(folded, theme)

    def provide(self, wanted: Iterable[tuple[str, str | None]]) -> None:
        """Make the themes (name, name of the parent) that no word names yet; parents are there already."""
        missing: dict[str, tuple[str, str | None]] = {}
        for name, parent in wanted:
            word = _word(name)
            if word and word not in self.by_word:
                missing.setdefault(word, (name, parent))
        if not missing:
            return
        new = [
            self._new(key, word, name, self.by_word[_word(parent)] if parent else None)
            for key, (word, (name, parent)) in zip(_keys(len(missing)), missing.items(), strict=True)
        ]
        columns = [[getattr(theme, column) for theme in new] for column in _New.__dataclass_fields__]
        with connection.cursor() as cursor:
            cursor.execute(_MADE, [self.community, *columns])
        self.made += len(new)

    def also_called(self, name: str, words: Sequence[str]) -> None:
        """Further words for a theme; a theme of its own that has such a name is merged into it."""
        theme = self.by_word[_word(name)]
        with connection.cursor() as cursor:
            for spelt in words:
                word = _word(spelt)
                other = self.by_word.get(word)
                if other == theme or not word:
                    continue
                if other is not None:
                    cursor.execute(_MERGED, {"source": other, "target": theme})
                cursor.execute(_CALLED, [self.community, theme, spelt[:80], word])
                self.by_word[word] = theme

    def _new(self, key: int, word: str, name: str, parent: int | None) -> _New:
        stem = slug = slugify(fold(name))[:90].strip("-") or "theme"
        number = 1
        while slug in self._slugs:
            number += 1
            slug = f"{stem}-{number}"
        self._slugs.add(slug)
        path = f"{self._paths[parent] if parent else '/'}{key}/"
        self.by_word[word], self._paths[key] = key, path
        return _New(key, parent, name[:80], word, slug, path)


def settle(community: int) -> int:
    """Fill `theme_key` from what came in; returns how many themes were made."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMES)
        named = cursor.fetchall()
        if not named:
            return 0
        themes = Themes(community)
        _plant(themes, [(name, parent) for name, parent, _synonyms in named])
        for name, _parent, synonyms in named:
            if synonyms:
                themes.also_called(name, synonyms)
        with cursor.copy("copy theme_key from stdin") as copy:
            for name in dict.fromkeys(name for name, _parent, _synonyms in named):
                if theme := themes.by_word.get(_word(name)):
                    copy.write_row((name, theme))
    return themes.made


def keys_by_name(community: int, names: Iterable[str]) -> dict[str, int]:
    """The themes that these names, or synonyms, are of."""
    by_word = Themes(community).by_word
    return {name: by_word[_word(name)] for name in names if _word(name) in by_word}


def _plant(themes: Themes, wanted: list[tuple[str, str | None]]) -> None:
    """Make what is missing from the roots down; a parent that nobody describes is a root."""
    described = {name for name, _parent in wanted}
    themes.provide((parent, None) for _name, parent in wanted if parent and parent not in described)
    while wanted:
        ready = [(name, parent) for name, parent in wanted if not parent or _word(parent) in themes.by_word]
        # Nothing ready: they are each other's parents. They become roots.
        themes.provide(ready or [(name, None) for name, _parent in wanted])
        wanted = [pair for pair in wanted if pair not in ready] if ready else []


def _word(name: str) -> str:
    """What makes two names the same theme."""
    return fold_name(name)[:120]


def _keys(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence('skills_theme', 'id')) from generate_series(1, %s)",
            [count],
        )
        return [row[0] for row in cursor.fetchall()]
