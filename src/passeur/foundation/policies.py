"""The gate every service passes: a policy said yes, or nothing happens."""

from django.core.exceptions import PermissionDenied


def require(allowed: bool) -> None:
    """Raise `PermissionDenied` unless a policy allowed it."""
    if not allowed:
        raise PermissionDenied
