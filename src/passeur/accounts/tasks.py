"""Mail of the accounts room, sent by jobs: whoever asks learns nothing from how long the answer takes."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from passeur.foundation import jobs, mail

from . import policies, queries


@jobs.task(queue="mail", retry=5)
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
