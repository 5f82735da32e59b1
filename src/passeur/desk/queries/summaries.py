"""What a gesture did, in the words of whoever reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.foundation import dates

from ..choices import Outcome

if TYPE_CHECKING:
    from ..models import Step

MONDAY = 0
WRITTEN = gettext_lazy("Mot envoyé à %(name)s.")
DONE = gettext_lazy("C’est fait.")
WORDS = {
    "answer": gettext_lazy("Réponse publiée."),
    "refer": gettext_lazy("La question est portée à %(name)s."),
    "point": gettext_lazy("La question proche est indiquée dans l’échange."),
    "spotlight": gettext_lazy("À la une de la communauté."),
    "introduce": gettext_lazy("La présentation est proposée aux deux."),
    "hand-over": gettext_lazy("Signal confié à %(name)s."),
    **dict.fromkeys(
        ["write_to", "ask_to_help", "ask_to_reach", "ask_author", "ask_content", "ask_to_check"], WRITTEN
    ),
}
"""By move; whatever else was done is said with `DONE`."""


def summary(step: Step) -> str:
    """One sentence for a toast and for the list of what was done today."""
    if step.outcome == Outcome.SNOOZED:
        return _postponed(step)
    return str(WORDS.get(step.move, DONE)) % {"name": step.to.name if step.to else ""}


def _postponed(step: Step) -> str:
    """Until tomorrow, until Monday, or until a date."""
    then = timezone.localdate(step.until)
    days = (then - timezone.localdate(step.at)).days
    if days <= 1:
        return _("Signal reporté à demain.")
    if days <= 7 and then.weekday() == MONDAY:
        return _("Signal reporté à lundi.")
    return _("Signal reporté au %(day)s.") % {"day": dates.day_and_month(then)}
