"""Who is who in statements, when an imported member turns out to be somebody."""

from passeur.accounts.events import MembersMerged, MergeUndone
from passeur.accounts.services import carry_back, carry_over
from passeur.foundation.events import subscribe

from .models import Agent
from .services import courses, retention

retention.hold_until(courses.through)


@subscribe(MembersMerged)
def give_agents_over(event: MembersMerged) -> None:
    """What is known of one is known of the other."""
    carry_over(event.merge, Agent, "member")


@subscribe(MergeUndone)
def give_agents_back(event: MergeUndone) -> None:
    """It was somebody else after all."""
    carry_back(event.merge, Agent, "member")
