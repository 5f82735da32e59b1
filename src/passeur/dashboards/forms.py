"""The filters of a page of figures, as they stand in its address. Unknown values are errors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.engagement import queries as engagement
from passeur.skills import queries as skills

from .protocols import Period, Slice

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

LONGEST = 260  # weeks
PRESETS = (
    ("4", gettext_lazy("4 dernières semaines")),
    ("12", gettext_lazy("12 dernières semaines")),
    ("26", gettext_lazy("26 dernières semaines")),
    ("52", gettext_lazy("52 dernières semaines")),
    ("dates", gettext_lazy("Dates choisies")),
)
DEFAULT = "12"
WIDEST = "52"


def _with_days(asked: QueryDict) -> QueryDict:
    """The same with the usual days, where days are to be chosen and none is yet."""
    if asked.get("period") != "dates" or asked.get("since") or asked.get("until"):
        return asked
    usual, filled = Period.latest(int(DEFAULT), timezone.localdate()), asked.copy()
    filled["since"], filled["until"] = usual.first.isoformat(), usual.last.isoformat()
    return filled


class DayField(forms.DateField):
    """A day of the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SliceForm(forms.Form):
    """Community, theme or team, period. Periods are whole weeks: dates are widened to the weeks around.

    `elsewhere` names the filters whose value is of another of the communities: whoever goes from one to the
    other leaves them behind.
    """

    community = forms.SlugField(label=gettext_lazy("Communauté"), required=False, max_length=80)
    theme = forms.SlugField(label=gettext_lazy("Thème"), required=False, max_length=100)
    team = forms.CharField(label=gettext_lazy("Équipe"), required=False, max_length=120)
    period = forms.ChoiceField(
        label=gettext_lazy("Période"),
        required=False,
        choices=PRESETS,
        error_messages={
            "invalid_choice": gettext_lazy("Cette période n’existe pas : choisissez-en une de la liste.")
        },
    )
    since = DayField(
        label=gettext_lazy("Du"),
        required=False,
        error_messages={"invalid": gettext_lazy("Écrivez le premier jour comme 2026-11-02.")},
    )
    until = DayField(
        label=gettext_lazy("Au"),
        required=False,
        error_messages={"invalid": gettext_lazy("Écrivez le dernier jour comme 2026-11-29.")},
    )

    def __init__(self, asked: QueryDict, *, member: Member, steered: Sequence[Community]) -> None:
        super().__init__(_with_days(asked))
        self.member = member
        self.steered = steered
        self.chosen: Community | None = steered[0] if len(steered) == 1 else None
        self.elsewhere: list[str] = []

    def clean_community(self) -> Community | None:
        slug = self.cleaned_data["community"]
        if slug:
            self.chosen = next((one for one in self.steered if one.slug == slug), None)
            if self.chosen is None:
                raise forms.ValidationError(
                    _("Cette communauté n’est pas de celles dont vous voyez les chiffres.")
                )
        return self.chosen

    def clean_theme(self) -> Any:
        slug = self.cleaned_data["theme"]
        if not slug or self.chosen is None:
            return None
        theme = skills.theme_by_slug(self.chosen, slug)
        if theme is None:
            if any(skills.theme_by_slug(one, slug) for one in self._others):
                self.elsewhere.append("theme")
            raise forms.ValidationError(_("Ce thème n’existe pas dans cette communauté."))
        return theme.merged_into or theme

    def clean_team(self) -> str:
        team: str = self.cleaned_data["team"]
        if not team or self.chosen is None:
            return ""
        if team not in self.teams:
            if any(team in self._teams_of(one) for one in self._others):
                self.elsewhere.append("team")
            raise forms.ValidationError(_("Cette équipe n’existe pas ici, ou a trop peu de membres."))
        return team

    @cached_property
    def teams(self) -> list[str]:
        """The teams of the community that figures can be asked of, by name; none over several communities."""
        return [] if self.chosen is None else self._teams_of(self.chosen)

    def _teams_of(self, community: Community) -> list[str]:
        today = timezone.localdate()
        return engagement.team_names(
            engagement.slice_of(self.member, first=today, last=today, among=[community])
        )

    @property
    def _others(self) -> list[Community]:
        return [one for one in self.steered if one != self.chosen]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("team") and cleaned.get("theme"):
            self.add_error(
                "team", _("Choisissez un thème ou une équipe : les deux ensemble ne se comptent pas.")
            )
        if cleaned.get("period") != "dates" or self.errors:
            return cleaned
        first, last = cleaned.get("since"), cleaned.get("until")
        if first is None or last is None:
            self.add_error("since", _("Choisissez le premier et le dernier jour."))
        elif first > last:
            self.add_error("until", _("Le dernier jour vient avant le premier."))
        elif first.year < 1990 or last > timezone.localdate() + dt.timedelta(days=6):
            self.add_error("until", _("Choisissez des jours passés, à partir de 1990."))
        elif Period.around(first, last).weeks > LONGEST:
            self.add_error("since", _("Choisissez cinq ans au plus."))
        return cleaned

    def slice(self) -> Slice:
        """What the checked filters look at."""
        cleaned = self.cleaned_data
        chosen = self.chosen
        return Slice(
            self.member,
            (chosen,) if chosen is not None else tuple(self.steered),
            self._period(),
            cleaned.get("theme"),
            team=cleaned.get("team", ""),
        )

    def _period(self) -> Period:
        cleaned = self.cleaned_data
        if cleaned["period"] == "dates":
            return Period.around(cleaned["since"], cleaned["until"])
        return Period.latest(int(cleaned["period"] or DEFAULT), timezone.localdate())
