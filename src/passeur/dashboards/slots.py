"""Where dashboards stand in the navigation."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from passeur.foundation import navigation
from passeur.foundation.icons import Icon
from passeur.foundation.navigation import NavEntry, Purpose

from . import policies


def _has_dashboards(request: HttpRequest) -> bool:
    return request.user.is_authenticated and policies.has_dashboards(request.user)


navigation.register(
    NavEntry(
        Purpose.LEAD,
        _("Tableau de bord"),
        Icon("chart-line"),
        "dashboards:home",
        order=60,
        shown=_has_dashboards,
        key="t",
    )
)
