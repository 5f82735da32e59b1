"""Work that an earlier version left in the queue."""

from passeur.foundation import jobs

from . import services


@jobs.task(queue="mail", retry=8)
def send_note(note: int) -> None:
    """Tell who one note is for."""
    services.tell(note)
