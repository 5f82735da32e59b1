"""What follows a note."""

from passeur.foundation.events import subscribe
from passeur.notifications.events import NoticesMailed

from . import services
from .events import NoteWritten
from .notices import NOTE


@subscribe(NoteWritten)
def tell_who_it_is_for(event: NoteWritten) -> None:
    """In the page at once; by mail when there was time to take it back."""
    services.tell(event.note)


@subscribe(NoticesMailed)
def it_has_left(event: NoticesMailed) -> None:
    """What left by mail cannot be taken back."""
    if event.kind == NOTE.slug:
        services.note_mailed(event.objects)
