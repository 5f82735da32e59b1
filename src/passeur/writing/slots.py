"""What the writing room puts into the frame: the list of drafts, the script that keeps texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from passeur.foundation import access, navigation, pure, slots
from passeur.foundation.icons import Icon
from passeur.foundation.navigation import NavEntry, Purpose

from . import services

if TYPE_CHECKING:
    from passeur.accounts.models import Member

navigation.register(
    NavEntry(Purpose.MENU, _("Mes brouillons"), Icon("file-pen-line"), "writing:drafts", order=15)
)
access.keeps_what_was_sent(services.keep_through_sign_in)


@receiver(user_logged_in, dispatch_uid="writing.give_back")
def give_back(sender: object, request: HttpRequest | None, user: Member, **more: Any) -> None:
    """What was sent with a session that was over becomes a draft of whoever wrote it."""
    if request is not None and hasattr(request, "session"):
        services.give_back(request, user)


@slots.fill("foot", order=90)
def on_this_device(request: HttpRequest) -> str:
    """On each page of a member: what the device kept goes to the server, and goes away on signing out."""
    if not request.user.is_authenticated:
        return ""
    member = request.user
    owner, key = services.device_owner(member), services.device_key(member)
    return pure.drawn("writing/_device.html", owner=owner, key=key)
