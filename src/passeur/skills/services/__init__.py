"""What can be done with themes, and stated about oneself."""

from .merging import merge_themes
from .stating import declare_skill, follow_theme, unfollow_theme, withdraw_skill
from .themes import (
    add_synonym,
    create_theme,
    describe_theme,
    edit_theme,
    move_theme,
    provide_themes,
    remove_synonym,
    rename_theme,
)

__all__ = [
    "add_synonym",
    "create_theme",
    "declare_skill",
    "describe_theme",
    "edit_theme",
    "follow_theme",
    "merge_themes",
    "move_theme",
    "provide_themes",
    "remove_synonym",
    "rename_theme",
    "unfollow_theme",
    "withdraw_skill",
]
