"""What a community says of itself, and its charter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from passeur.accounts.choices import time_zones
from passeur.foundation.forms import MarkdownEditor

from ..models import Community
from ..queries.quiet_hours import QuietHours

if TYPE_CHECKING:
    CommunityForm = forms.ModelForm[Community]
else:
    CommunityForm = forms.ModelForm

LEAST_OPEN_HOURS = 2
LONGEST_CHARTER = 20_000


class Settings(CommunityForm):
    """Everything but the charter."""

    class Meta:
        model = Community
        fields = [
            "name",
            "purpose",
            "entry",
            "first_reply_goal",
            "quiet_from",
            "quiet_until",
            "time_zone",
            "verified_for",
            "language",
        ]
        widgets = {
            "purpose": forms.Textarea({"rows": 3}),
            "entry": forms.RadioSelect,
            "language": forms.RadioSelect,
            "first_reply_goal": forms.NumberInput({"min": 1, "max": 336, "inputmode": "numeric"}),
            "verified_for": forms.NumberInput({"min": 30, "max": 1825, "inputmode": "numeric"}),
            "quiet_from": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput({"type": "time"}, format="%H:%M"),
        }
        help_texts = {
            "purpose": _("Une ou deux phrases : pour qui, pour apprendre quoi."),
            "language": _("Celle des invitations, quand on ne connaît pas celle de la personne."),
            "quiet_until": _("Deux heures égales : pas d’heures calmes."),
        }
        error_messages = {
            "name": {"required": _("Il manque le nom.")},
            "purpose": {"required": _("Dites en une phrase à quoi sert cette communauté.")},
            "first_reply_goal": {
                "min_value": _("Indiquez un nombre d’heures de 1 à 336."),
                "max_value": _("Indiquez un nombre d’heures de 1 à 336."),
                "invalid": _("Indiquez un nombre d’heures de 1 à 336."),
            },
            "verified_for": {
                "min_value": _("Indiquez un nombre de jours de 30 à 1825."),
                "max_value": _("Indiquez un nombre de jours de 30 à 1825."),
                "invalid": _("Indiquez un nombre de jours de 30 à 1825."),
            },
            "quiet_from": {"invalid": _("Écrivez l’heure ainsi : 19:00.")},
            "quiet_until": {"invalid": _("Écrivez l’heure ainsi : 08:00.")},
        }

    time_zone = forms.ChoiceField(label=_("Fuseau horaire"), choices=time_zones)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"quiet_from", "quiet_until", "time_zone"} <= cleaned.keys():
            hours = QuietHours(cleaned["quiet_from"], cleaned["quiet_until"], cleaned["time_zone"])
            if hours.open_in_a_day < LEAST_OPEN_HOURS * 3600 * 1_000_000:
                self.add_error("quiet_until", _("Laissez au moins deux heures par jour sans heures calmes."))
        return cleaned


class NewCommunity(Settings):
    """A community to be, with its first charter."""

    charter = forms.CharField(
        label=_("Charte"),
        widget=MarkdownEditor({"rows": 8}),
        max_length=LONGEST_CHARTER,
        help_text=_("Ce que chacun accepte en entrant. Quelques lignes suffisent."),
        error_messages={"required": _("Écrivez au moins une phrase : on l’accepte en entrant.")},
    )


class CharterText(forms.Form):
    """A new version of the charter."""

    text = forms.CharField(
        label=_("Charte"),
        widget=MarkdownEditor({"rows": 12}),
        max_length=LONGEST_CHARTER,
        error_messages={"required": _("Écrivez au moins une phrase : on l’accepte en entrant.")},
    )
