"""What follows a note."""

from passeur.foundation.events import subscribe

from . import tasks
from .events import NoteWritten


@subscribe(NoteWritten)
def mail_it_later(event: NoteWritten) -> None:
    """Leave time to take it back, then mail it."""
    tasks.send_note.defer_in(tasks.GRACE, note=event.note)
