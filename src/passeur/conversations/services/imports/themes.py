"""Tags and channels become themes: found by name or synonym, else made below their parent."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.utils.text import slugify

from passeur.foundation.text import fold, fold_name

TABLES = "create temporary table theme_key (name text primary key, theme_id bigint)"
"""`theme_key` tells which theme a name used by the archive is."""

_NAMES = """
select distinct n.name, null::text, null::text[], 1 from incoming_thread t, unnest(t.themes) as n (name)
where n.name not in (select name from incoming_theme)
union all select name, parent, synonyms, 0 from incoming_theme
order by 4, 1
"""

_KNOWN = """
with recursive standing as (
    select id, slug, name, coalesce(merged_into_id, id) as now from skills_theme where community_id = %(community)s
    union select s.id, s.slug, s.name, t.merged_into_id from standing s
    join skills_theme t on t.id = s.now where t.merged_into_id is not null
)
select s.slug, s.name, s.now, t.path from standing s join skills_theme t on t.id = s.now where t.merged_into_id is null
"""


class Themes:
    """The themes of one community, by every word that names them."""

    def __init__(self, community: int) -> None:
        self.community = community
        self.by_word: dict[str, int] = {}
        self.paths: dict[int, str] = {}
        self.slugs: set[str] = set()
        self.made = 0
        with connection.cursor() as cursor:
            cursor.execute(_KNOWN, {"community": community})
            for slug, name, theme, path in cursor.fetchall():
                self.by_word[fold_name(name)] = theme
                self.paths[theme] = path
                self.slugs.add(slug)
            cursor.execute(
                "select folded, theme_id from skills_synonym where community_id = %s", [community]
            )
            for folded, theme in cursor.fetchall():
                self.by_word.setdefault(folded, theme)

    def provide(self, name: str, parent: int | None = None) -> int:
        """The theme that `name` names; a new one goes below `parent`."""
        word = fold_name(name)
        if word in self.by_word:
            return self.by_word[word]
        slug = self._free_slug(name)
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into skills_theme (community_id, parent_id, name, slug, description, path) "
                "values (%s, %s, %s, %s, '', '') returning id",
                [self.community, parent, name[:80], slug],
            )
            theme = int(cursor.fetchone()[0])
            path = f"{self.paths[parent] if parent else '/'}{theme}/"
            cursor.execute("update skills_theme set path = %s where id = %s", [path, theme])
        self.by_word[word], self.paths[theme] = theme, path
        self.made += 1
        return theme

    def also_called(self, theme: int, names: Iterable[str]) -> None:
        """Further words for a theme; a theme of its own that has such a name is merged into it."""
        with connection.cursor() as cursor:
            for name in names:
                word = fold_name(name)
                other = self.by_word.get(word)
                if other == theme:
                    continue
                if other is not None:
                    cursor.execute("update skills_theme set merged_into_id = %s where id = %s", [theme, other])
                cursor.execute(
                    "insert into skills_synonym (community_id, theme_id, name, folded) values (%s, %s, %s, %s) "
                    "on conflict (community_id, folded) do update set theme_id = excluded.theme_id",
                    [self.community, theme, name[:80], word[:80]],
                )
                self.by_word[word] = theme

    def _free_slug(self, name: str) -> str:
        stem = slug = slugify(fold(name))[:90] or "theme"
        number = 1
        while slug in self.slugs:
            number += 1
            slug = f"{stem}-{number}"
        self.slugs.add(slug)
        return slug


def settle(community: int) -> int:
    """Fill `theme_key` from what came in; returns how many themes were made."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMES)
        named = cursor.fetchall()
        if not named:
            return 0
        themes = Themes(community)
        keys = {}
        for name, parent, synonyms, _ in named:
            keys[name] = themes.provide(name, themes.provide(parent) if parent else None)
            themes.also_called(keys[name], synonyms or ())
        with cursor.copy("copy theme_key from stdin") as copy:
            for name in keys:
                # Looked up again: a later synonym may have merged it.
                copy.write_row((name, themes.by_word[fold_name(name)]))
    return themes.made
