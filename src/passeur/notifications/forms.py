"""The form of how one wants to be told: a choice for each kind, and hours, cap and digest for all."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from passeur.foundation.forms import Toggle

from . import errors, queries
from .choices import Rhythm, Way
from .protocols import kinds

if TYPE_CHECKING:
    from passeur.accounts.models import Member

_CAP = _("Indiquez un nombre de 1 à 50.")
_TIME = _("Écrivez l’heure ainsi : 19:00.")


class Preferences(forms.Form):
    """All choices of one person about notifications."""

    quiet_from = forms.TimeField(
        label=_("Elles commencent à"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _TIME, "required": _TIME},
    )
    quiet_until = forms.TimeField(
        label=_("Elles finissent à"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _TIME, "required": _TIME},
    )
    quiet_weekend = forms.BooleanField(
        label=_("Calme le samedi et le dimanche"), required=False, widget=Toggle
    )
    daily_cap = forms.IntegerField(
        label=_("Courriels par jour au plus"),
        min_value=1,
        max_value=50,
        widget=forms.NumberInput({"min": 1, "max": 50, "inputmode": "numeric"}),
        error_messages={"required": _CAP, "invalid": _CAP, "min_value": _CAP, "max_value": _CAP},
        help_text=_("Au-delà, la suite attend le lendemain et vient en un seul courriel."),
    )
    rhythm = forms.ChoiceField(
        label=_("Votre résumé"),
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        help_text=_("Ce qui est nouveau depuis le dernier. S’il n’y a rien à dire, il ne vient pas."),
    )

    def __init__(self, data: Any = None, *, member: Member) -> None:
        wishes = queries.wishes_of(member)
        ways = queries.ways(member)
        initial = {name: getattr(wishes, name) for name in self.base_fields}
        super().__init__(data, initial=initial)
        for kind in kinds():
            self.fields[self._name(kind.slug)] = forms.ChoiceField(
                label=str(kind.label),
                help_text=str(kind.description),
                choices=Way.choices,
                initial=ways[kind.slug],
            )

    @staticmethod
    def _name(slug: str) -> str:
        return f"way-{slug}"

    def by_kind(self) -> list[BoundField]:
        """The fields of the kinds, in their order."""
        return [self[self._name(kind.slug)] for kind in kinds()]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        ways = [cleaned.get(self._name(kind.slug)) for kind in kinds()]
        if Way.DIGEST in ways and cleaned.get("rhythm") == Rhythm.NEVER:
            self.add_error("rhythm", str(errors.NoDigest()))
        return cleaned

    @property
    def ways(self) -> dict[str, Way]:
        return {kind.slug: Way(self.cleaned_data[self._name(kind.slug)]) for kind in kinds()}

    @property
    def wishes(self) -> dict[str, dt.time | bool | int | str]:
        return {name: self.cleaned_data[name] for name in self.base_fields}
