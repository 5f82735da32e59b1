"""What can be asked of themes, and of what people say they know."""

from .around import Around, around
from .stated import declared_by, declarers, followed_by, followers, stated_themes
from .themes import (
    ThemeNode,
    ancestors,
    by_folded,
    children,
    own_themes,
    own_themes_named,
    parents,
    resolve,
    roots,
    suggest,
    synonyms,
    theme_by_slug,
    themes,
    tree,
    visible_themes,
    with_descendants,
)

__all__ = [
    "Around",
    "ThemeNode",
    "ancestors",
    "around",
    "by_folded",
    "children",
    "declared_by",
    "declarers",
    "followed_by",
    "followers",
    "own_themes",
    "own_themes_named",
    "parents",
    "resolve",
    "roots",
    "stated_themes",
    "suggest",
    "synonyms",
    "theme_by_slug",
    "themes",
    "tree",
    "visible_themes",
    "with_descendants",
]
