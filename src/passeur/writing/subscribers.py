"""What the writing room does when something happened."""

from passeur.foundation.events import subscribe

from . import services
from .events import FilesErased


@subscribe(FilesErased)
def forget_their_bytes(event: FilesErased) -> None:
    """Not in the transaction that erases: rolled back, the bytes would be missing."""
    services.collect_bytes()
