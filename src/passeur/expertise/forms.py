"""What somebody says when they cannot take a question."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.communities import queries as communities
from passeur.foundation.forms import PersonInput

from .choices import DeclineReason

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


NO_REASON = gettext_lazy("Choisissez une raison : elle aide à mieux adresser la suite.")
PAST_DATE = gettext_lazy("Cette date est passée : indiquez le dernier jour de votre absence.")
NOBODY = gettext_lazy(
    "Personne de ce nom dans la communauté : vérifiez l’orthographe, ou utilisez son nom court (@…)."
)


class DeclineForm(forms.Form):
    """A reason, and what it needs: a date for an absence, a name for somebody better placed."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Qu’est-ce qui vous en empêche ?"),
        choices=DeclineReason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choisissez une raison : elle aide à mieux adresser la suite.")
        },
    )
    until = forms.DateField(
        label=gettext_lazy("Si vous vous absentez : jusqu’au"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Personne ne vous sollicitera d’ici là."),
    )
    better = forms.CharField(
        label=gettext_lazy("Si quelqu’un saurait mieux : qui ?"),
        required=False,
        max_length=240,
        widget=PersonInput,
        help_text=gettext_lazy(
            "Son nom, ou son nom court (@…). Cette personne sera sollicitée à votre place."
        ),
    )
    words = forms.CharField(
        label=gettext_lazy("Un mot, si vous voulez"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Vous et la personne qui anime la communauté le lirez."),
    )

    def __init__(self, *args: Any, community: Community, asked: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.community, self.asked = community, asked
        widget = cast("PersonInput", self.fields["better"].widget)
        widget.people = reverse("communities:people", args=[community.slug])

    def clean_until(self) -> dt.date | None:
        until: dt.date | None = self.cleaned_data["until"]
        if until is not None and until < timezone.localdate():
            raise forms.ValidationError(PAST_DATE)
        return until

    def clean_better(self) -> Member | None:
        name = self.cleaned_data["better"].strip()
        if not name:
            return None
        found = communities.named_in(self.community, name)
        if found is None or found == self.asked:
            raise forms.ValidationError(NOBODY)
        return found

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        reason = cleaned.get("reason")
        if reason == DeclineReason.ABSENT and not cleaned.get("until") and "until" not in self.errors:
            self.add_error("until", _("Indiquez le dernier jour de votre absence."))
        if (
            reason == DeclineReason.SOMEONE_BETTER
            and not cleaned.get("better")
            and "better" not in self.errors
        ):
            self.add_error("better", _("Indiquez à qui vous pensez."))
        return cleaned
