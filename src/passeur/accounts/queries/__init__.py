"""What can be asked about people."""

from .about_me import Told, fates, told
from .drawn import Drawn, drawn
from .merges import merge_of, standing_merges
from .people import (
    accounts_and_imported,
    beginning_so,
    by_email,
    by_handles,
    imported,
    is_available,
    is_introducible,
    named,
    named_asked,
    profiles_by_handle,
    states_of,
    visible,
)
from .ways_in import (
    Factor,
    factors,
    has_no_second_factor,
    has_passkey,
    has_second_factor,
    known_account,
    must_have_second_factor,
    open_sessions,
    verified_addresses,
)

__all__ = [
    "Drawn",
    "Factor",
    "Told",
    "accounts_and_imported",
    "beginning_so",
    "by_email",
    "by_handles",
    "drawn",
    "factors",
    "fates",
    "has_no_second_factor",
    "has_passkey",
    "has_second_factor",
    "imported",
    "is_available",
    "is_introducible",
    "known_account",
    "merge_of",
    "must_have_second_factor",
    "named",
    "named_asked",
    "open_sessions",
    "profiles_by_handle",
    "standing_merges",
    "states_of",
    "told",
    "verified_addresses",
    "visible",
]
