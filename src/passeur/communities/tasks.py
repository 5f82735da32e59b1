"""Mail of the communities room, sent by jobs."""

from django.urls import reverse

from passeur.accounts import queries as people
from passeur.foundation import jobs, mail

from . import queries
from .models import Invitation


@jobs.task(queue="mail", retry=mail.PATIENCE)
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
        language=recipient.language if recipient else found.language or found.community.language,
        context={
            "invitation": found,
            "community": found.community,
            "url": origin + reverse("communities:invitation", args=[queries.token_of(found)]),
        },
        key=f"invitation {found.serial}",
    )
