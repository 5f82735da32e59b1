"""Naming and ordering themes, and stating what one can help with."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import queries
from ..models import Theme

if TYPE_CHECKING:
    from passeur.communities.models import Community


class ThemeChoice(forms.TypedChoiceField):
    """A theme of one community, indented as in the tree."""

    def offer(self, community: Community, *, empty: Any, but: Collection[int] = ()) -> None:
        """Offer all themes, those of `but` left out; `empty` words the choice of none."""
        kept = [theme for theme in queries.themes(community) if theme.pk not in but]
        by_key = {str(theme.pk): theme for theme in kept}
        self.coerce = by_key.get
        self.choices = [("", empty), *((str(t.pk), f"{'— ' * t.depth}{t.name}") for t in kept)]


class NewTheme(forms.Form):
    """A theme to be."""

    name = forms.CharField(
        label=_("Nom"), max_length=80, error_messages={"required": _("Il manque le nom du thème.")}
    )
    description = forms.CharField(
        label=_("Description"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Ce qu’on y trouve, en une phrase."),
    )
    parent = ThemeChoice(label=_("Rangé sous"), required=False, empty_value=None)

    def __init__(self, *args: Any, community: Community, but: Theme | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, ThemeChoice)  # noqa: S101 - tells the type checker which field it is
        below = set(queries.with_descendants(but).values_list("pk", flat=True)) if but else set()
        parent.offer(community, but=below, empty=_("Aucun : à la racine"))


class EditTheme(NewTheme):
    """The same, of a theme that is there."""


class SynonymForm(forms.Form):
    """Another word."""

    name = forms.CharField(
        label=_("Autre mot"),
        max_length=80,
        help_text=_("On trouve aussi le thème par ce mot, sans accent ni majuscule s’il le faut."),
        error_messages={"required": _("Écrivez le mot à ajouter.")},
    )


class MergeTheme(forms.Form):
    """The theme that takes another over."""

    target = ThemeChoice(
        label=_("Fusionner dans"),
        empty_value=None,
        error_messages={"required": _("Choisissez le thème qui reste.")},
    )

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        target = self.fields["target"]
        assert isinstance(target, ThemeChoice)  # noqa: S101 - tells the type checker which field it is
        target.offer(theme.community, but={theme.pk}, empty=_("Choisir un thème"))


class Statement(forms.Form):
    """A theme by its name, to say that one can help with it or wants to follow it."""

    theme = forms.CharField(
        label=_("Un thème"),
        max_length=80,
        widget=forms.TextInput({"list": "themes", "autocomplete": "off"}),
        help_text=_("Commencez à écrire : la liste propose les thèmes de vos communautés."),
        error_messages={"required": _("Écrivez le nom d’un thème.")},
    )
