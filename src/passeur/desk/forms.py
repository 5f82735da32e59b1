"""What a manager gives to a move."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.foundation import typography

from .choices import Snooze
from .cues import Move, Opens


class MoveForm(forms.Form):
    """A form that a move opens; it starts with the draft of the move."""

    def __init__(self, move: Move, data: Any = None) -> None:
        super().__init__(data, initial={"text": move.draft})
        self.move = move

    def clean_text(self) -> str:
        """The words, which a draft must not replace unseen: an emptied text is asked for again."""
        text = str(self.cleaned_data["text"]).strip()
        if not text and (self.move.draft or self.move.opens == Opens.TEXT):
            raise forms.ValidationError(_("Il manque le texte : quelques mots suffisent."))
        if len(text) > self.move.longest:
            longest = typography.number(self.move.longest)
            raise forms.ValidationError(_("Ce texte dépasse %(n)s caractères : coupez-le.") % {"n": longest})
        return text


class TextForm(MoveForm):
    """The words of an answer, a note, a reason."""

    text = forms.CharField(required=False)


class PersonForm(MoveForm):
    """Who, and with which words where the move has some."""

    person = forms.IntegerField(error_messages={"required": gettext_lazy("Choisissez une personne.")})
    text = forms.CharField(required=False)


class TargetForm(MoveForm):
    """Which other question."""

    target = forms.IntegerField(error_messages={"required": gettext_lazy("Choisissez une question.")})


FORMS: dict[Opens, type[MoveForm]] = {
    Opens.TEXT: TextForm,
    Opens.PEOPLE: PersonForm,
    Opens.SIMILAR: TargetForm,
}


class SnoozeForm(forms.Form):
    """Until when."""

    until = forms.ChoiceField(choices=Snooze.choices)


class ColleagueForm(forms.Form):
    """To whom a cue is handed."""

    person = forms.IntegerField()
