"""How Passeur looks and speaks to a person, and how much it may ask of them."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from passeur.foundation.forms import Toggle

from ..choices import time_zones
from ..models import Member
from ._base import MemberForm

LONGEST_PAUSE = dt.timedelta(days=366)


class Preferences(MemberForm):
    """All choices of one person about Passeur."""

    class Meta:
        model = Member
        fields = [
            "language",
            "time_zone",
            "appearance",
            "shortcuts",
            "receives_questions",
            "weekly_cap",
            "paused_until",
        ]
        widgets = {
            "language": forms.RadioSelect,
            "appearance": forms.RadioSelect,
            "shortcuts": Toggle,
            "receives_questions": Toggle,
            "weekly_cap": forms.NumberInput({"min": 0, "max": 20, "inputmode": "numeric"}),
            "paused_until": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {
            "receives_questions": _("Recevoir des questions où je peux aider"),
            "shortcuts": _("Raccourcis clavier à une touche"),
        }
        help_texts = {
            "shortcuts": _("Sans eux, aucune touche seule n’agit. La liste est au pied de chaque page."),
            "receives_questions": _("Vous pouvez décliner chaque demande, sans vous justifier."),
            "weekly_cap": _("De 0 à 20. Au-delà, les questions vont à quelqu’un d’autre."),
            "paused_until": _("Jusqu’à ce jour compris, personne ne vous est adressé. Laissez vide sinon."),
        }
        error_messages = {
            "weekly_cap": {
                "required": _("Indiquez un nombre de 0 à 20."),
                "invalid": _("Indiquez un nombre de 0 à 20."),
                "min_value": _("Indiquez un nombre de 0 à 20."),
                "max_value": _("Indiquez un nombre de 0 à 20."),
            },
            "paused_until": {"invalid": _("Écrivez la date ainsi : 2027-01-31.")},
        }

    time_zone = forms.ChoiceField(label=_("Fuseau horaire"), choices=time_zones)

    def clean_weekly_cap(self) -> int:
        cap: int = self.cleaned_data["weekly_cap"]
        if not 0 <= cap <= 20:
            raise forms.ValidationError(_("Indiquez un nombre de 0 à 20."))
        return cap

    def clean_paused_until(self) -> dt.date | None:
        until: dt.date | None = self.cleaned_data["paused_until"]
        today = timezone.localdate()
        if until is not None and until < today and until != self.instance.paused_until:
            raise forms.ValidationError(_("Cette date est passée."))
        if until is not None and until > today + LONGEST_PAUSE:
            raise forms.ValidationError(_("Une pause dure un an au plus. Vous pourrez la prolonger."))
        return until
