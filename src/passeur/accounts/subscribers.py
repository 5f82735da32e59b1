"""What the accounts room does when something happens: addresses, erasing, sessions that one can see."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import authentication_step_completed, password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from passeur.foundation import audit, live
from passeur.foundation.events import subscribe

from . import services, tasks
from .choices import Act
from .events import AddressChangeAsked, AddressChanged, ErasureAsked, FactorsEnded, SignInHelpAsked
from .models import Member


@subscribe(ErasureAsked)
def take_the_person_out(event: ErasureAsked) -> None:
    """Every room, in one transaction; then the ledger, so that no restored backup brings the person back."""
    services.carry_out_erasure(event.member)
    services.note_erasures()


@subscribe(AddressChangeAsked)
def let_the_address_prove_itself(event: AddressChangeAsked) -> None:
    tasks.mail_address_link.defer(member=event.member, address=event.address)


@subscribe(AddressChanged)
def tell_the_address_of_before(event: AddressChanged) -> None:
    tasks.notice.defer(member=event.member, kind="address_changed", to=event.before)


@subscribe(SignInHelpAsked)
def send_the_link(event: SignInHelpAsked) -> None:
    """To the address the person has when it is sent."""
    address = Member.objects.filter(pk=event.member).values_list("email", flat=True).first()
    if address:
        tasks.mail_reset_link.defer(address=address, origin=settings.ORIGIN)


@subscribe(FactorsEnded)
def tell_that_factors_ended(event: FactorsEnded) -> None:
    tasks.notice.defer(member=event.member, kind="factors_ended")


@receiver(user_logged_in)
def remember_the_browser(sender: Any, request: HttpRequest, user: Member, **_: Any) -> None:
    """So that the person sees it among their own, and can end it."""
    services.remember_session(
        member=user, session=request.session, user_agent=request.headers.get("User-Agent", "")
    )


@receiver(user_logged_out)
def forget_the_browser(sender: Any, request: HttpRequest, user: Member | None, **_: Any) -> None:
    if user is not None and (opened := request.session.get(services.SESSION)) is not None:
        services.end_session(member=user, pk=opened)


@receiver([password_changed, password_reset])
def close_what_the_old_password_opened(sender: Any, request: HttpRequest, user: Member, **_: Any) -> None:
    """Pages that stay open elsewhere stop hearing at once; they have nothing more to ask with either."""
    with transaction.atomic():
        live.rights_changed(user.pk)


@receiver(password_reset)
def sign_out_who_knew_the_old_one(sender: Any, request: HttpRequest, user: Member, **_: Any) -> None:
    """Whoever forgot it is signed in nowhere, and who was in their place is out."""
    services.end_sessions(user)


@receiver(authenticator_removed)
def ask_again_for_a_factor(sender: Any, request: HttpRequest, **_: Any) -> None:
    """Where one is required, the last one that goes closes what it had opened."""
    request.session.pop(services.HELD, None)


@receiver(authentication_step_completed)
def keep_no_date_of_use(sender: Any, user: Member, method: str, **_: Any) -> None:
    """When a passkey was last used says when somebody was last here: nobody's business."""
    if method == "mfa":
        Authenticator.objects.filter(user=user).update(last_used_at=None)


@receiver([password_changed, password_reset])
def keep_that_the_password_changed(sender: Any, user: Member, **_: Any) -> None:
    _keep(Act.PASSWORD_CHANGED, user)


@receiver(authenticator_added)
def keep_that_a_factor_came(sender: Any, user: Member, authenticator: Authenticator, **_: Any) -> None:
    _keep(Act.FACTOR_ADDED, user, kind=str(authenticator.type))


@receiver(authenticator_removed)
def keep_that_a_factor_went(sender: Any, user: Member, authenticator: Authenticator, **_: Any) -> None:
    _keep(Act.FACTOR_REMOVED, user, kind=str(authenticator.type))


@receiver(authenticator_reset)
def keep_that_codes_were_made(sender: Any, user: Member, **_: Any) -> None:
    _keep(Act.CODES_MADE, user)


def _keep(act: Act, member: Member, kind: str = "") -> None:
    """What a person does with their own ways in; its view holds the transaction."""
    with transaction.atomic():
        if kind:
            audit.record(act, by=member.pk, member=member.pk, kind=kind)
        else:
            audit.record(act, by=member.pk, member=member.pk)
