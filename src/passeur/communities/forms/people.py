"""Inviting, giving roles, claiming."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from passeur.foundation.addresses import AddressField

from ..choices import Role


class Invite(forms.Form):
    """An address, and the role it comes in with."""

    email = AddressField(help_text=_("La personne reçoit un lien valable deux semaines."))
    role = forms.ChoiceField(
        label=_("Rôle"), choices=Role.choices, initial=Role.MEMBER, widget=forms.RadioSelect
    )


class RoleChoice(forms.Form):
    """The role of one member."""

    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices)


class ClaimProof(forms.Form):
    """How the LCM can check that an imported member is oneself."""

    proof = forms.CharField(
        label=_("Votre preuve"),
        widget=forms.Textarea({"rows": 4}),
        max_length=600,
        help_text=_("Par exemple : l’adresse de votre profil là-bas, où vous avez mis le code ci-dessus."),
        error_messages={"required": _("Sans preuve, personne ne peut vérifier. Une ligne suffit.")},
    )


class Refusal(forms.Form):
    """Why a claim is refused, or taken back; the person reads it."""

    reason = forms.CharField(
        label=_("Motif"),
        max_length=300,
        help_text=_("La personne le lira."),
        error_messages={"required": _("Dites pourquoi : la personne le lira.")},
    )
