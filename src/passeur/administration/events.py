"""What happens in the administration."""

from dataclasses import dataclass

from passeur.foundation.events import Event


@dataclass(frozen=True, slots=True)
class BatchLaunched(Event):
    """A file of invitations is to be carried out."""

    batch: int
