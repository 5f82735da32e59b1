"""Mail of the accounts room, sent by jobs: whoever asks learns nothing from how long the answer takes."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from passeur.foundation import jobs, mail

from . import policies, queries, services
from .models import Member


@jobs.task(queue="mail", retry=mail.PATIENCE)
def mail_reset_link(address: str, origin: str) -> None:
    """Mail a link to choose a new password, if somebody signs in with that address; nothing otherwise.

    The link is made here, so that no queue and no log ever holds it. `origin` starts it: https://passeur.example.
    """
    member = queries.by_email(address)
    if member is None or member.email is None or not policies.can_sign_in(member):
        return
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(member), "key": default_token_generator.make_token(member)},
    )
    mail.post(
        member.email,
        "accounts/mail/reset",
        language=member.language,
        context={"member": member, "url": origin + path},
    )


@jobs.task(queue="mail", retry=5)
def mail_address_link(member: int, address: str) -> None:
    """To the new address the link, or one sentence where somebody has it already; a notice to the present."""
    asking = Member.objects.get(pk=member)
    if not policies.can_sign_in(asking) or asking.email is None:
        return
    owner = queries.by_email(address)
    if owner is None:
        path = reverse("accounts:confirm_address", args=[services.token_for(asking, address)])
        context = {"member": asking, "url": settings.ORIGIN + path}
        mail.post(address, "accounts/mail/address", language=asking.language, context=context)
    elif owner.pk != asking.pk and policies.can_sign_in(owner):
        mail.post(address, "accounts/mail/address_taken", language=owner.language, context={"member": owner})
    notice.defer(member=member, kind="address_asked", to=asking.email)


@jobs.task(queue="mail", retry=5)
def notice(member: int, kind: str, to: str = "") -> None:
    """Tell a person what changed in how one signs in as them; `to` where their address was another."""
    person = Member.objects.get(pk=member)
    address = to or person.email
    if address and person.erased_at is None:
        context = {"member": person, "kind": kind, "url": settings.ORIGIN + reverse("accounts:security")}
        mail.post(address, "accounts/mail/notice", language=person.language, context=context)


@jobs.task(cron="*/15 * * * *")
def finish_erasures(timestamp: int) -> None:
    """An erasure whose job died is carried out all the same, and none is missing in the ledger."""
    services.finish_erasures()
    services.note_erasures()


@jobs.task(cron="40 3 * * *")
def forget_ended_sessions(timestamp: int) -> None:
    """Sessions that are over leave nothing."""
    services.forget_ended_sessions()
