"""Mail leaves in jobs of its own, which are tried again without what went before."""

from passeur.foundation.events import subscribe

from . import tasks
from .events import EditionMade, SponsorNamed


@subscribe(SponsorNamed)
def ask(event: SponsorNamed) -> None:
    """Ask whoever was named."""
    tasks.ask.defer(sponsor=event.sponsor)


@subscribe(EditionMade)
def send(event: EditionMade) -> None:
    """Send what was made."""
    tasks.send.defer(edition=event.edition)
