"""What can be done about people."""

from .access import (
    HELD,
    SESSION,
    end_factors,
    end_session,
    end_sessions,
    follow_session,
    forget_ended_sessions,
    remember_session,
)
from .accounts import close_account, open_account, reopen_account
from .addresses import ask_for_address, confirm_address, require_open_link, token_for
from .administrators import (
    end_factors_of,
    end_sessions_of,
    name_administrator,
    remove_administrator,
    send_sign_in_link,
)
from .erasing import (
    all_of,
    carry_out_erasure,
    erase,
    finish_erasures,
    forget_jobs,
    take_out,
    traces_of,
)
from .exporting import as_json, export
from .importing import ImportedPerson, provide_imported
from .ledger import Erased, add_to_ledger, erase_again, note_erasures, read_ledger
from .merging import carry_back, carry_over, merge_members, undo_merge
from .profiles import choose, edit_preferences, edit_profile, set_choice

__all__ = [
    "HELD",
    "SESSION",
    "Erased",
    "ImportedPerson",
    "add_to_ledger",
    "all_of",
    "as_json",
    "ask_for_address",
    "carry_back",
    "carry_out_erasure",
    "carry_over",
    "choose",
    "close_account",
    "confirm_address",
    "edit_preferences",
    "edit_profile",
    "end_factors",
    "end_factors_of",
    "end_session",
    "end_sessions",
    "end_sessions_of",
    "erase",
    "erase_again",
    "export",
    "finish_erasures",
    "follow_session",
    "forget_ended_sessions",
    "forget_jobs",
    "merge_members",
    "name_administrator",
    "note_erasures",
    "open_account",
    "provide_imported",
    "read_ledger",
    "remember_session",
    "remove_administrator",
    "reopen_account",
    "require_open_link",
    "send_sign_in_link",
    "set_choice",
    "take_out",
    "token_for",
    "traces_of",
    "undo_merge",
]
