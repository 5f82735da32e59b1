"""What can be done about people."""

from .accounts import close_account, open_account, reopen_account
from .importing import ImportedPerson, provide_imported
from .merging import carry_back, carry_over, merge_members, undo_merge
from .profiles import edit_preferences, edit_profile

__all__ = [
    "ImportedPerson",
    "carry_back",
    "carry_over",
    "close_account",
    "edit_preferences",
    "edit_profile",
    "merge_members",
    "open_account",
    "provide_imported",
    "reopen_account",
    "undo_merge",
]
