"""What can be asked of themes, and of what people say they know."""

from .stated import declared_by, declarers, followed_by, followers, stated_themes
from .themes import (
    ThemeNode,
    ancestors,
    by_folded,
    parents,
    resolve,
    suggest,
    theme_by_slug,
    themes,
    tree,
    visible_themes,
    with_descendants,
)

__all__ = [
    "ThemeNode",
    "ancestors",
    "by_folded",
    "declared_by",
    "declarers",
    "followed_by",
    "followers",
    "parents",
    "resolve",
    "stated_themes",
    "suggest",
    "theme_by_slug",
    "themes",
    "tree",
    "visible_themes",
    "with_descendants",
]
