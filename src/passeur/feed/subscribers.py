"""What the feed does when something happens in conversations."""

from passeur.conversations.events import AnswerAccepted
from passeur.foundation.events import subscribe

from . import tasks


@subscribe(AnswerAccepted)
def offer_to_who_asked_the_same(event: AnswerAccepted) -> None:
    """In a job of its own: comparing texts may take a while."""
    tasks.suggest.defer(conversation=event.conversation)
