"""What one writes about an introduction, and in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ProposalForm(forms.Form):
    """Whom to bring together with somebody, in which community, and why."""

    other = forms.TypedChoiceField(
        label=_("Avec qui ?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez une personne."),
            "invalid_choice": _("Choisissez une personne."),
        },
    )
    reason = forms.CharField(
        label=_("Pourquoi ces deux personnes ?"),
        help_text=_("Les deux le liront, avec votre nom."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Dites en une phrase pourquoi : c’est ce que les deux personnes liront.")
        },
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = people  # type: ignore[attr-defined]


class MessageForm(forms.Form):
    """A message to the other person."""

    text = forms.CharField(
        label=_("Votre message"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Il manque le texte : quelques mots suffisent.")},
    )
