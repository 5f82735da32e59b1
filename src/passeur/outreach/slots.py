"""Where outreach appears in the navigation."""

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from passeur.foundation import navigation
from passeur.foundation.counters import counter, waiting
from passeur.foundation.icons import Icon
from passeur.foundation.navigation import NavEntry, Purpose
from passeur.foundation.prepared import Question

from . import queries

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def _open(request: HttpRequest) -> int:
    return len(waiting(request, "outreach.open"))


@counter("outreach.open")
def _notes(request: HttpRequest) -> Question | None:
    return queries.open_to(cast("Member", request.user))


navigation.register(
    NavEntry(Purpose.MINE, _("Mots reçus"), Icon("mail"), "outreach:notes", order=70, count=_open)
)
