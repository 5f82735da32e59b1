"""What is looked at: communities, a theme, and whole weeks against those before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.engagement.policies import SMALLEST, smallest_group
from passeur.foundation import dates

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.skills.models import Theme

WEEK = dt.timedelta(weeks=1)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole weeks, from the Monday `first` to the Sunday `last`, both counted."""

    first: dt.date
    last: dt.date

    @classmethod
    def around(cls, first: dt.date, last: dt.date) -> Period:
        """The whole weeks that hold both days, in the order given."""
        return cls(first - first.weekday() * DAY, last + (6 - last.weekday()) * DAY)

    @classmethod
    def latest(cls, weeks: int, today: dt.date) -> Period:
        """The last so many weeks that are over."""
        last = today - (today.weekday() + 1) * DAY
        return cls(last - weeks * WEEK + DAY, last)

    def __str__(self) -> str:
        first, last = (_dated(day) for day in (self.first, self.last))
        return _("Du lundi %(first)s au dimanche %(last)s") % {"first": first, "last": last}

    @property
    def beside(self) -> str:
        """With which weeks it is compared, in words."""
        return ngettext(
            "comparée à la semaine d’avant, depuis le %(first)s",
            "comparée aux %(n)s semaines d’avant, depuis le %(first)s",
            self.weeks,
        ) % {"n": self.weeks, "first": _dated(self.previous.first)}

    @property
    def weeks(self) -> int:
        return ((self.last - self.first).days + 1) // 7

    @property
    def mondays(self) -> list[dt.date]:
        return [self.first + n * WEEK for n in range(self.weeks)]

    @property
    def previous(self) -> Period:
        """As many weeks, right before."""
        return Period(self.first - self.weeks * WEEK, self.first - DAY)

    @property
    def since(self) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(self.first, dt.time()))

    @property
    def until(self) -> dt.datetime:
        """The first instant that no longer counts."""
        return timezone.make_aware(dt.datetime.combine(self.last + DAY, dt.time()))

    def week_of(self, moment: dt.datetime) -> int:
        """Which week of the period, from 0, an instant of it lies in."""
        return (timezone.localdate(moment) - self.first).days // 7


def _dated(day: dt.date) -> str:
    return f"{dates.day_and_month(day)} {day.year}"


@dataclass(frozen=True, slots=True)
class Slice:
    """What `member` looks at: communities whose figures they may read, all themes or one with those below,
    all teams or one.

    `smallest` is how many people a figure for this reader must be about, in whichever of the communities.
    """

    member: Member
    communities: tuple[Community, ...]
    period: Period
    theme: Theme | None = None
    smallest: int = 0
    team: str = ""

    def __post_init__(self) -> None:
        if not self.smallest:
            least = max((smallest_group(self.member, one) for one in self.communities), default=SMALLEST)
            object.__setattr__(self, "smallest", least)

    @property
    def previous(self) -> Slice:
        """The same in the period before."""
        return replace(self, period=self.period.previous)

    def list_of(self, page: str, tile: str, theme: str = "") -> str:
        """The address of the list behind a figure of a page, of this slice or of a theme of it."""
        asked = {
            "community": self.community.slug if self.community is not None else "",
            "theme": theme or (self.theme.slug if self.theme is not None else ""),
            "period": "dates",
            "since": self.period.first.isoformat(),
            "until": self.period.last.isoformat(),
        }
        kept = {name: value for name, value in asked.items() if value}
        return reverse("dashboards:list", args=[page, tile]) + "?" + urlencode(kept)

    @property
    def guard(self) -> str:
        """What holds for all figures that this reader gets, in words."""
        return ngettext(
            "Ces chiffres décrivent des groupes d’au moins %(n)s personne, jamais une personne.",
            "Ces chiffres décrivent des groupes d’au moins %(n)s personnes, jamais une personne.",
            self.smallest,
        ) % {"n": self.smallest}

    @property
    def community(self) -> Community | None:
        """The one looked at, if it is one."""
        return self.communities[0] if len(self.communities) == 1 else None
