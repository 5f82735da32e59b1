"""What the administration puts into the frame: its one entry, for administrators."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from passeur.foundation import navigation
from passeur.foundation.icons import Icon
from passeur.foundation.navigation import NavEntry, Purpose

from . import policies

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def for_administrators(request: HttpRequest) -> bool:
    return policies.can_administer(cast("Member", request.user))


navigation.register(
    NavEntry(
        Purpose.RUN,
        _("Administration"),
        Icon("key-round"),
        "administration:people",
        order=10,
        shown=for_administrators,
        within=r"/administration/",
    )
)
