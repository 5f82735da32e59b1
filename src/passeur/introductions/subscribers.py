"""What follows an introduction: the two are told, and at the end whoever proposed it."""

from passeur.foundation.events import subscribe

from . import events, services


@subscribe(events.IntroductionProposed)
def tell_both(event: events.IntroductionProposed) -> None:
    """Each of the two is asked."""
    services.tell_proposed(event.introduction)


@subscribe(events.IntroductionOpened)
def tell_that_it_is_open(event: events.IntroductionOpened) -> None:
    """Both said yes."""
    services.tell_opened(event.introduction)


@subscribe(events.MessageWritten)
def tell_the_other(event: events.MessageWritten) -> None:
    """The one who did not write it."""
    services.tell_message(event.message)


@subscribe(events.IntroductionFollowedUp)
def tell_who_proposed(event: events.IntroductionFollowedUp) -> None:
    """Whether they wrote to each other."""
    services.tell_outcome(event.introduction)
