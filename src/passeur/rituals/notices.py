"""How a ritual that is due reads among what one is told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from passeur.foundation.dates import when
from passeur.foundation.icons import Icon
from passeur.notifications.protocols import Kind, Line, Told, register

from . import policies
from .choices import State
from .models import Occurrence

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def subject(pk: int) -> str:
    return f"ritual:{pk}"


def _still_due(member: Member, objects: Collection[int]) -> set[int]:
    """Planned ones, for those who still see to them and belong there."""
    rows = Occurrence.objects.filter(
        policies.visible_to(member),
        Q(ritual__owner=member) | Q(ritual__substitute=member),
        pk__in=objects,
        state=State.PLANNED,
        ritual__paused_at=None,
        ritual__ended_at=None,
    )
    return set(rows.values_list("pk", flat=True))


def _lines(member: Member, told: Sequence[Told]) -> dict[int, Line]:
    rows = Occurrence.objects.filter(policies.visible_to(member), pk__in=[one.object for one in told])
    return {
        one.pk: Line(
            words=_words(one) % {"title": one.ritual.title, "when": when(one.at)},
            url=reverse("rituals:hold", args=[one.pk]),
            title=one.ritual.title,
            place=one.ritual.community.name,
        )
        for one in rows.select_related("ritual__community")
    }


def _words(one: Occurrence) -> str:
    if one.at <= timezone.now():
        return gettext("%(title)s vous attend : c’était prévu %(when)s")
    return gettext("%(title)s vous attend, %(when)s")


DUE = register(
    Kind(
        "ritual",
        _("Rituels dont vous avez la charge"),
        _("Un rappel avant l’heure, et quand vous prenez le relais."),
        Icon("bell-ring"),
        _still_due,
        _lines,
        order=60,
    )
)
