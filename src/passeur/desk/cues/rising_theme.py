"""A theme that people write about clearly more than usual this week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from math import exp, factorial

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from passeur.conversations.queries import needs
from passeur.conversations.queries.needs import ThemeActivity
from passeur.foundation import typography
from passeur.foundation.icons import Icon

from ..choices import Horizon
from .cue import Cue, Move, Reason, Rule, Scope

LEAST, SURPRISE = 3, 0.02
"""Conversations of several people that make a movement; how unlikely it must be in a usual week."""


def unlikely(seen: int, usual: float) -> float:
    """The probability of at least `seen` conversations in a week that usually brings `usual` (Poisson)."""
    return 1 - sum(exp(-usual) * usual**k / factorial(k) for k in range(seen))


class RisingTheme(Rule):
    """Three conversations or more by two people or more, which a usual week would seldom bring."""

    name = "rising-theme"
    label = gettext_lazy("Thème qui monte")
    icon = Icon("trending-up")
    somebody_waits = False
    rest = dt.timedelta(days=7)

    def find(self, scope: Scope) -> Iterable[Cue]:
        for theme in needs.theme_activity(scope.communities, scope.now):
            if theme.recent >= LEAST and theme.authors >= 2 and self._surprises(theme):
                yield self._cue(scope, theme)

    def _surprises(self, theme: ThemeActivity) -> bool:
        return unlikely(theme.recent, max(theme.usual, 0.25)) < SURPRISE

    def _cue(self, scope: Scope, theme: ThemeActivity) -> Cue:
        community = scope.by_pk[theme.community]
        told = ngettext("<b>{n} échange</b> en sept jours", "<b>{n} échanges</b> en sept jours", theme.recent)
        why = format_html(
            _(
                "{told}, contre {usual} par semaine d’habitude. Une discussion réunirait ce que chacun a trouvé."
            ),
            told=format_html(told, n=theme.recent),
            usual=typography.number(theme.usual, decimals=1, language=get_language() or "fr"),
        )
        title = _("« %(theme)s » : faisons le point ensemble") % {"theme": theme.name}
        start = reverse("conversations:start", args=[community.slug, "discussion"])
        filters = urlencode({"theme": theme.slug})
        return Cue(
            rule=self,
            community=community,
            key=f"{self.name}:{theme.theme}",
            subject=f"theme:{theme.theme}",
            since=scope.ago(days=7),
            title=_("« %(theme)s » revient beaucoup cette semaine") % {"theme": theme.name},
            url=f"{reverse('conversations:list', args=[community.slug])}?{filters}",
            why=why,
            reasons=[Reason(_("Nettement plus d’échanges que d’habitude sur ce thème"), 2)],
            moves=[
                Move(
                    "open_discussion",
                    gettext_lazy("Ouvrir une discussion"),
                    url=f"{start}?{urlencode({'title': title, 'theme': theme.slug})}",
                ),
            ],
            horizon=Horizon.WEEK,
        )


RULE = RisingTheme()
