"""What communities do when something happens elsewhere, and what they tell the rooms below."""

from django.conf import settings
from django.db.models import Q

from passeur.accounts.events import MembersMerged, MergeUndone
from passeur.accounts.protocols import acquainted
from passeur.accounts.services import carry_back, carry_over
from passeur.foundation.events import subscribe

from . import policies, tasks
from .choices import Entry
from .events import InvitationToSend
from .models import Membership

acquainted(policies.people_known_to)


@subscribe(MembersMerged)
def give_memberships_over(event: MembersMerged) -> None:
    """Where only the imported member belonged, the person belongs now, if anybody may enter there.

    Into a private community one is invited by who leads it: that another community found out who somebody is
    opens nothing.
    """
    is_open = Q(community__entry=Entry.OPEN)
    carry_over(event.merge, Membership, "member", once_with=["community"], only=is_open)


@subscribe(MergeUndone)
def give_memberships_back(event: MergeUndone) -> None:
    carry_back(event.merge, Membership, "member")


@subscribe(InvitationToSend)
def mail_the_invitation(event: InvitationToSend) -> None:
    tasks.mail_invitation.defer(invitation=event.invitation, origin=settings.ORIGIN)
