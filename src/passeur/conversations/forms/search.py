"""What narrows a search. An unknown value is an error with a sentence, never « everything »."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.communities import queries as communities
from passeur.skills import queries as skills

from ..choices import Kind, State
from ..queries.search import Scope, writers

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.skills.models import Theme


class SearchFields(forms.Form):
    """The words and the filters of the search page, as they stand in the address.

    `themes_of` is the community whose themes the page offered: when another one was chosen since, the
    theme chosen before says nothing.
    """

    q = forms.CharField(label=gettext_lazy("Chercher"), required=False, strip=False)
    community = forms.SlugField(label=gettext_lazy("Communauté"), required=False)
    theme = forms.SlugField(label=gettext_lazy("Thème"), required=False, max_length=100)
    themes_of = forms.SlugField(required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Sorte"), required=False, choices=[("", gettext_lazy("Toutes")), *Kind.choices]
    )
    state = forms.ChoiceField(
        label=gettext_lazy("État"), required=False, choices=[("", gettext_lazy("Tous")), *State.choices]
    )
    author = forms.CharField(label=gettext_lazy("Avec un message de"), required=False, max_length=150)
    since = forms.DateField(label=gettext_lazy("Depuis le"), required=False)
    until = forms.DateField(label=gettext_lazy("Jusqu’au"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].widget = self.fields["until"].widget = forms.DateInput(attrs={"type": "date"})
        for name in ("kind", "state", "since", "until"):
            self.fields[name].error_messages["invalid_choice"] = _("Ce filtre n’existe pas.")


class SearchForm(SearchFields):
    """The same, checked for who searches."""

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_community(self) -> Community | None:
        slug = self.cleaned_data["community"]
        found = communities.by_slug(self.member, slug) if slug else None
        if slug and found is None:
            raise forms.ValidationError(_("Cette communauté n’existe pas, ou vous n’y avez pas accès."))
        return found

    def clean_author(self) -> list[int] | None:
        name = self.cleaned_data["author"]
        found = writers(self.member, name) if name else []
        if name and not found:
            raise forms.ValidationError(
                _("Personne du nom de « %(name)s » n’a écrit ici."), params={"name": name}
            )
        return found or None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("since") and cleaned.get("until") and cleaned["since"] > cleaned["until"]:
            self.add_error("until", _("La fin de la période précède son début."))
        cleaned["theme"] = self._theme(cleaned.get("theme"), cleaned.get("community"))
        return cleaned

    def _theme(self, slug: str | None, community: Community | None) -> Theme | None:
        offered_by = self.data.get("themes_of")
        if not slug or (offered_by and (community is None or community.slug != offered_by)):
            return None
        if community is None:
            self.add_error("theme", _("Choisissez la communauté de ce thème."))
            return None
        theme = skills.theme_by_slug(community, slug)
        if theme is None:
            self.add_error("theme", _("Ce thème n’existe pas dans cette communauté."))
            return None
        return theme.merged_into or theme

    def scope(self) -> Scope:
        """The checked filters."""
        cleaned = self.cleaned_data
        return Scope(
            community=cleaned["community"],
            theme=cleaned["theme"],
            kind=Kind(cleaned["kind"]) if cleaned["kind"] else None,
            authors=cleaned["author"],
            state=State(cleaned["state"]) if cleaned["state"] else None,
            since=cleaned["since"],
            until=cleaned["until"],
        )
