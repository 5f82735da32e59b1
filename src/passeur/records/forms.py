"""What an administrator says of a program that may use the store."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .choices import Scope


class ClientForm(forms.Form):
    """A new client."""

    name = forms.CharField(
        label=_("Nom"),
        max_length=100,
        help_text=_("Le programme et à quoi il sert : « Moodle de production »."),
        error_messages={"required": _("Donnez un nom, pour reconnaître ce client plus tard.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("Ce qu’il peut faire"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Le moins possible : un LMS qui envoie des traces n’a besoin que de les écrire."),
        error_messages={"required": _("Cochez au moins une chose qu’il peut faire.")},
    )
