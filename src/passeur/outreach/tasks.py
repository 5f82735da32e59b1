"""Mail that leaves a little later than it was written."""

from passeur.foundation import jobs

from . import services

GRACE = 120
"""Seconds in which a note can be taken back."""


@jobs.task(queue="mail", retry=8)
def send_note(note: int) -> None:
    """Mail one note."""
    services.send(note)
