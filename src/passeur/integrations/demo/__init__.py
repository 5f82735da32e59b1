"""The demonstration: an invented company, its communities, eighteen months of exchanges up to now."""

from .loading import is_loaded, load
from .signing_in import SignIn, sign_ins

__all__ = ["SignIn", "is_loaded", "load", "sign_ins"]
