"""What a manager gives to a move."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .choices import Snooze


class TextForm(forms.Form):
    """The words of an answer, a note, a reason."""

    text = forms.CharField(
        label=_("Votre texte"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Il manque le texte : quelques mots suffisent."),
            "max_length": _("Ce texte dépasse 4 000 caractères : coupez-le."),
        },
    )


class SnoozeForm(forms.Form):
    """Until when."""

    until = forms.ChoiceField(choices=Snooze.choices)


class PersonForm(forms.Form):
    """Who, and with which words where the move has some."""

    person = forms.IntegerField(error_messages={"required": _("Choisissez une personne.")})
    text = forms.CharField(required=False, max_length=4000)


class TargetForm(forms.Form):
    """Which other conversation."""

    target = forms.IntegerField(error_messages={"required": _("Choisissez un échange.")})
