"""Who is to receive the report, and which month to read."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SponsorForm(forms.Form):
    """An address and the language of its mails."""

    email = forms.EmailField(
        label=_("Adresse"),
        max_length=254,
        help_text=_("La personne reçoit d’abord une question ; le rapport ne part qu’après son oui."),
        error_messages={
            "required": _("Indiquez une adresse."),
            "invalid": _("Cette adresse n’est pas complète : il faut un nom, un @ et un domaine."),
        },
    )
    language = forms.ChoiceField(
        label=_("Langue du rapport"), choices=settings.LANGUAGES, initial="fr", widget=forms.RadioSelect
    )
