"""What can be done with the store."""

from .clients import Credentials, create, revoke, rotate

__all__ = ["Credentials", "create", "revoke", "rotate"]
