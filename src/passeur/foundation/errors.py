"""Errors a person can act on."""


class PasseurError(Exception):
    """Something refused for a reason that a person can read; `str()` is that sentence."""


class Conflict(PasseurError):
    """The thing changed since it was read: both versions are kept, nothing was overwritten."""
