"""Mail of the communities room, sent by jobs."""

from django.urls import reverse

from passeur.accounts import queries as people
from passeur.foundation import jobs, mail

from . import queries
from .models import Claim, Invitation


@jobs.task(queue="mail", retry=5)
def mail_invitation(invitation: int, origin: str) -> None:
    """Mail the link of an invitation, in the language of its recipient where that is known.

    The link is made here, so that no queue and no log ever holds it. `origin` starts it: https://passeur.example.
    """
    found = Invitation.objects.select_related("community", "invited_by").filter(pk=invitation).first()
    if found is None or not found.is_open or found.community.is_archived:
        return
    recipient = people.by_email(found.email)
    mail.post(
        found.email,
        "communities/mail/invitation",
        language=recipient.language if recipient else found.community.language,
        context={
            "invitation": found,
            "community": found.community,
            "url": origin + reverse("communities:invitation", args=[queries.token_of(found)]),
        },
    )


@jobs.task(queue="mail", retry=5)
def mail_claim_decision(claim: int) -> None:
    """Tell the claimant what was decided, and why."""
    found = Claim.objects.select_related("community", "claimant", "imported").filter(pk=claim).first()
    if found is None or found.claimant.email is None or not found.claimant.is_active:
        return
    mail.post(
        found.claimant.email,
        "communities/mail/claim",
        language=found.claimant.language,
        context={"claim": found, "community": found.community},
    )
