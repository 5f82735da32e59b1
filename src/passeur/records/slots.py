"""Where the store appears: an entry for administrators."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from passeur.foundation import navigation
from passeur.foundation.icons import Icon
from passeur.foundation.navigation import NavEntry, Purpose

from . import policies


def _to_administrators(request: HttpRequest) -> bool:
    return request.user.is_authenticated and policies.can_manage_clients(request.user)


navigation.register(
    NavEntry(
        Purpose.RUN,
        _("Programmes xAPI"),
        Icon("scroll-text"),
        "records:clients",
        order=60,
        shown=_to_administrators,
        within=r"/records/",
    )
)
