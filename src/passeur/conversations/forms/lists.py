"""What narrows a list of conversations. An unknown value is an error, never « everything »."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.skills import queries as skills

from ..choices import Kind, State
from ..queries.lists import Filters

if TYPE_CHECKING:
    from passeur.communities.models import Community


class ListForm(forms.Form):
    """Filters of the list page, as they stand in the address."""

    state = forms.ChoiceField(
        required=False,
        choices=[("", gettext_lazy("Tous")), *State.choices],
        error_messages={"invalid_choice": gettext_lazy("Cet état n’existe pas.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Sorte"),
        required=False,
        choices=[("", gettext_lazy("Toutes")), *Kind.choices],
        error_messages={"invalid_choice": gettext_lazy("Cette sorte d’échange n’existe pas.")},
    )
    theme = forms.SlugField(label=gettext_lazy("Thème"), required=False, max_length=100)
    mine = forms.BooleanField(label=gettext_lazy("Suivis"), required=False)

    def __init__(self, *args: Any, community: Community | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.community = community

    def clean_theme(self) -> Any:
        slug = self.cleaned_data["theme"]
        if not slug:
            return None
        theme = skills.theme_by_slug(self.community, slug) if self.community else None
        if theme is None:
            raise forms.ValidationError(_("Ce thème n’existe pas dans cette communauté."))
        return theme.merged_into or theme

    def filters(self) -> Filters:
        """The checked filters."""
        cleaned = self.cleaned_data
        return Filters(
            community=self.community,
            theme=cleaned["theme"],
            kind=Kind(cleaned["kind"]) if cleaned["kind"] else None,
            state=State(cleaned["state"]) if cleaned["state"] else None,
            mine=cleaned["mine"],
        )
