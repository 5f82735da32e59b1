"""Where the store appears: an entry for administrators, and courses for whoever animates a community."""

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


def _to_those_who_animate(request: HttpRequest) -> bool:
    return request.user.is_authenticated and policies.animates(request.user)


navigation.register(
    NavEntry(
        Purpose.LEAD,
        _("Cours suivis"),
        Icon("notebook-pen"),
        "records:courses",
        order=70,
        shown=_to_those_who_animate,
        within=r"/records/courses/",
    )
)
