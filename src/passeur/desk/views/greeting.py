"""What the top of the desk says: one thing first, and true of the tab that is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from passeur.foundation import dates, typography

from ..choices import View

if TYPE_CHECKING:
    from ..queries import Desk

SMALL = [
    gettext_lazy("deux"),
    gettext_lazy("trois"),
    gettext_lazy("quatre"),
    gettext_lazy("cinq"),
    gettext_lazy("six"),
    gettext_lazy("sept"),
    gettext_lazy("huit"),
    gettext_lazy("neuf"),
]
"""Two to nine: in a sentence they are words."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """The eyebrow, the title and the first sentence of the page."""

    day: str
    title: str
    lead: str


def greeting(name: str, view: View, desk: Desk) -> Greeting:
    """For the manager of that first name, on that tab."""
    title, lead = _OF_TAB[view](desk)
    hello = _("Bonjour %(name)s, %(what)s") % {"name": name, "what": title}
    return Greeting(day_in_words(desk.scope.now), hello, lead)


def day_in_words(now: dt.datetime) -> str:
    """« Mercredi 25 novembre »."""
    today = timezone.localtime(now)
    return capfirst(f"{WEEKDAYS[today.weekday()]} {dates.day_and_month(today)}")


def _number(n: int) -> str:
    """A number inside a sentence."""
    return str(SMALL[n - 2]) if 2 <= n <= 9 else typography.number(n, language=get_language() or "fr")


def _today(desk: Desk) -> tuple[str, str]:
    count, people = desk.figures.today, desk.figures.waiting_people
    if not count:
        return _nothing_today(desk)
    title = ngettext("un signal vous attend", "%(n)s signaux vous attendent", count) % {"n": _number(count)}
    if not people:
        return title, _("Rien ne presse : personne n’attend de réponse.")
    lead = ngettext(
        "Une personne espère un signe de votre part.",
        "%(n)s personnes espèrent un signe de votre part.",
        people,
    ) % {"n": capfirst(_number(people))}
    rest = _("Le reste peut attendre demain sans dommage.")
    return title, f"{lead} {rest}" if desk.figures.some_can_wait else lead


def _nothing_today(desk: Desk) -> tuple[str, str]:
    title = _("rien ne presse aujourd’hui")
    if desk.figures.snoozed:
        return title, ngettext(
            "Un signal reporté reviendra à sa date.",
            "%(n)s signaux reportés reviendront à leur date.",
            desk.figures.snoozed,
        ) % {"n": capfirst(_number(desk.figures.snoozed))}
    return title, _("Tout ce qui pressait est pris en charge.")


def _week(desk: Desk) -> tuple[str, str]:
    count = desk.counts[View.WEEK]
    if not count:
        return _("rien de plus cette semaine"), _week_is_clear(desk)
    calm = _("Rien ici ne presse. Prenez-les quand vous avez un moment.")
    if View.WEEK in desk.has_more:
        return _("plus de %(n)s signaux pour la semaine") % {"n": _number(count)}, calm
    title = ngettext("un signal pour la semaine", "%(n)s signaux pour la semaine", count) % {
        "n": _number(count)
    }
    return title, calm


def _week_is_clear(desk: Desk) -> str:
    if desk.figures.today:
        return _("Tout ce qui demande quelqu’un est dans « Aujourd’hui ».")
    return _("Aucun signal ne demande quelqu’un pour l’instant.")


def _snoozed(desk: Desk) -> tuple[str, str]:
    count = desk.figures.snoozed
    if not count:
        return _("rien n’est reporté"), _("Aucun signal n’attend un autre jour.")
    title = ngettext("un signal attend son jour", "%(n)s signaux attendent leur jour", count) % {
        "n": _number(count)
    }
    return title, _("Chacun revient à sa date, ou dès maintenant si vous agissez.")


def _done(desk: Desk) -> tuple[str, str]:
    count = desk.done
    if not count:
        return _("rien n’est encore fait aujourd’hui"), _(
            "Les gestes de l’équipe s’inscrivent ici au fur et à mesure."
        )
    title = ngettext("un geste aujourd’hui", "%(n)s gestes aujourd’hui", count) % {"n": _number(count)}
    return title, _("Ce que l’équipe a fait, et qui l’a fait. Chaque geste s’annule.")


_OF_TAB: dict[View, Callable[[Desk], tuple[str, str]]] = {
    View.TODAY: _today,
    View.WEEK: _week,
    View.SNOOZED: _snoozed,
    View.DONE: _done,
}
