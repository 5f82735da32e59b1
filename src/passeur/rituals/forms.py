"""What an LCM says of a ritual, and what somebody says when it took place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from passeur.communities import queries as communities

from .models import Ritual

if TYPE_CHECKING:
    from passeur.accounts.models import Member

    RitualModelForm = forms.ModelForm[Ritual]
else:
    RitualModelForm = forms.ModelForm


class RitualForm(RitualModelForm):
    """A ritual of a community; owner and substitute are members of it, named by their short name."""

    owner = forms.CharField(
        label=_("Qui s’en charge"),
        max_length=80,
        help_text=_("Le nom court d’un membre, comme dans une mention."),
        error_messages={"required": _("Indiquez qui s’en charge.")},
    )
    substitute = forms.CharField(
        label=_("Qui prend le relais"),
        max_length=80,
        required=False,
        help_text=_("En cas d’absence, ou si rien n’est fait à l’heure dite. Facultatif."),
    )

    class Meta:
        model = Ritual
        fields = [
            "form", "title", "text", "place", "cadence", "weekday", "day", "hour", "starts_on", "reminder",
        ]  # fmt: skip
        widgets = {
            "form": forms.RadioSelect,
            "cadence": forms.RadioSelect,
            "text": forms.Textarea({"rows": 4}),
            "hour": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "starts_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "text": _("Le message proposé à chaque fois, ou ce qu’on fait à ce rendez-vous."),
            "place": _("Pour un rendez-vous : une salle, un lien."),
            "weekday": _("Compte pour un rythme d’une ou de deux semaines."),
            "day": _("Compte pour un rythme d’un mois. Le 31 vaut pour le dernier jour."),
            "hour": _("À l’heure de la communauté, été comme hiver."),
        }
        error_messages = {
            "title": {"required": _("Il manque le titre.")},
            "hour": {
                "invalid": _("Écrivez l’heure ainsi : 09:30."),
                "required": _("Écrivez l’heure ainsi : 09:30."),
            },
            "starts_on": {"invalid": _("Choisissez un jour."), "required": _("Choisissez un jour.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for side in ("owner", "substitute"):
            person = getattr(self.instance, side)
            if person is not None:
                self.fields[side].initial = person.handle
        self.order_fields(
            [
                "form",
                "title",
                "text",
                "place",
                "cadence",
                "weekday",
                "day",
                "hour",
                "starts_on",
                "owner",
                "substitute",
                "reminder",
            ]
        )

    def clean_owner(self) -> Member:
        return self._member("owner")

    def clean_substitute(self) -> Member | None:
        return self._member("substitute") if self.cleaned_data["substitute"].strip() else None

    def _member(self, side: str) -> Member:
        handle = self.cleaned_data[side].strip().removeprefix("@").lower()
        found = communities.members(self.instance.community, with_account=True).filter(handle=handle).first()
        if found is None:
            raise forms.ValidationError(_("Aucun membre de la communauté n’a ce nom court."))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("substitute") and cleaned.get("substitute") == cleaned.get("owner"):
            self.add_error("substitute", _("Choisissez une autre personne pour prendre le relais."))
        for side in ("owner", "substitute"):
            if side in cleaned:
                setattr(self.instance, side, cleaned[side])
        return cleaned


class PostForm(forms.Form):
    """The message of this time, ready to be changed."""

    title = forms.CharField(
        label=_("Titre"), max_length=160, error_messages={"required": _("Il manque le titre.")}
    )
    body = forms.CharField(
        label=_("Message"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Il manque le texte : quelques mots suffisent.")},
    )


class EventForm(forms.Form):
    """That it took place."""

    took_part = forms.IntegerField(
        label=_("Combien de personnes sont venues ?"),
        min_value=0,
        max_value=100_000,
        required=False,
        help_text=_("Facultatif, et sans noms. En dessous de cinq, on lira « quelques personnes »."),
        error_messages={
            "invalid": _("Écrivez un nombre entier."),
            "min_value": _("Écrivez un nombre entier."),
        },
    )
