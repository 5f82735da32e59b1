"""What a person lets others read about them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Member
from ._base import MemberForm


class HandleField(forms.SlugField):
    """A handle as people write it, with its « @ » and capitals, kept without."""

    def to_python(self, value: object) -> str | None:
        return super().to_python(str(value or "").strip().lstrip("@").lower()) or None


class Profile(MemberForm):
    """Name, work and a few words."""

    class Meta:
        model = Member
        fields = ["name", "handle", "job", "team", "site", "bio"]
        field_classes = {"handle": HandleField}
        widgets = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "handle": forms.TextInput({"autocapitalize": "none", "spellcheck": "false"}),
            "job": forms.TextInput({"autocomplete": "organization-title"}),
            "bio": forms.Textarea({"rows": 4}),
        }
        help_texts = {
            "bio": _("Ce qui vous occupe, ce que vous aimez transmettre. 600 caractères au plus."),
        }
        error_messages = {
            "name": {"required": _("Il manque votre nom.")},
            "handle": {
                "unique": _("Ce nom court est déjà pris. Ajoutez-lui une initiale ou un chiffre."),
                "invalid": _("Lettres sans accent, chiffres, tirets : rien d’autre."),
            },
        }

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_handle(self) -> str | None:
        handle: str | None = self.cleaned_data["handle"]
        if handle and Member.objects.filter(handle=handle).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(self.fields["handle"].error_messages["unique"], code="unique")
        return handle
