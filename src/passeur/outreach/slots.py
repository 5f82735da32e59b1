"""Where outreach appears in the navigation."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from passeur.foundation import memo, navigation
from passeur.foundation.icons import Icon
from passeur.foundation.navigation import NavEntry, Purpose

from . import queries

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def _open(request: HttpRequest) -> int:
    member = cast("Member", request.user)
    return memo.once(("outreach.open", member.pk), lambda: queries.open_count(member))


navigation.register(
    NavEntry(Purpose.MINE, _("Mots reçus"), Icon("mail"), "outreach:notes", order=70, count=_open)
)
