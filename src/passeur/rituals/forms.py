"""What an LCM says of a ritual, and what somebody says when it took place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from passeur.communities import queries as communities
from passeur.foundation.forms import MarkdownEditor, PersonInput

from .models import Ritual

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

    RitualModelForm = forms.ModelForm[Ritual]
else:
    RitualModelForm = forms.ModelForm


NOBODY = _("Personne de ce nom dans la communauté : vérifiez l’orthographe, ou utilisez son nom court (@…).")


class RitualForm(RitualModelForm):
    """A ritual of a community; owner and substitute are members of it, named as people name each other."""

    owner = forms.CharField(
        label=_("Qui s’en charge"),
        max_length=240,
        widget=PersonInput,
        help_text=_("Un membre, par son nom ou son nom court (@…)."),
        error_messages={"required": _("Indiquez qui s’en charge.")},
    )
    substitute = forms.CharField(
        label=_("Qui prend le relais"),
        max_length=240,
        widget=PersonInput,
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
            widget = cast("PersonInput", self.fields[side].widget)
            widget.people = reverse("communities:people", args=[self.instance.community.slug])
            if person is not None:
                self.fields[side].initial = communities.called(person)
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
        found = communities.named_in(self.instance.community, self.cleaned_data[side])
        if found is None:
            raise forms.ValidationError(NOBODY)
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
        widget=MarkdownEditor(attrs={"rows": 6}),
        error_messages={"required": _("Il manque le texte : quelques mots suffisent.")},
    )

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        editor = cast("MarkdownEditor", self.fields["body"].widget)
        editor.preview = reverse("conversations:preview", args=[community.slug])
        editor.people = reverse("communities:people", args=[community.slug])


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
