"""A theme that people write about clearly more than usual this week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from math import exp, lgamma, log

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from passeur.conversations.queries import needs
from passeur.conversations.queries.needs import ThemeActivity
from passeur.foundation import typography
from passeur.foundation.icons import Icon

from ..choices import Horizon
from . import moves
from .cue import Cue, Reason, Rule, Scope

LEAST, PEOPLE, SURPRISE = 3, 2, 0.02
"""Conversations, and people who start them, that make a movement; how unlikely it must be in a usual week."""
LEAST_USUAL = 0.25
"""A theme that was silent counts as one that comes up once a month."""


def unlikely(seen: int, usual: float) -> float:
    """The probability of at least `seen` conversations in a week that usually brings `usual` (Poisson).

    Each term is taken from its logarithm: powers and factorials of a busy theme would overflow.
    """
    return 1 - sum(exp(k * log(usual) - usual - lgamma(k + 1)) for k in range(seen))


class RisingTheme(Rule):
    """Three conversations or more by two people or more, which a usual week would seldom bring; gone once an
    LCM opened a discussion that brings them together.
    """

    name = "rising-theme"
    label = gettext_lazy("Thème qui monte")
    icon = Icon("trending-up")
    rest = dt.timedelta(days=7)

    def find(self, scope: Scope) -> Iterable[Cue]:
        for theme in needs.theme_activity(scope.communities, scope.now):
            if self._rises(theme) and not theme.discussions:
                yield self._cue(scope, theme)

    def _rises(self, theme: ThemeActivity) -> bool:
        enough = theme.recent >= LEAST and theme.authors >= PEOPLE
        return enough and unlikely(theme.recent, max(theme.usual, LEAST_USUAL)) < SURPRISE

    def _cue(self, scope: Scope, theme: ThemeActivity) -> Cue:
        community = scope.by_pk[theme.community]
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
            why=_why(theme),
            reasons=[Reason(_("Nettement plus d’échanges que d’habitude sur ce thème"), 2)],
            moves=[
                moves.leads_to(
                    "open_discussion",
                    gettext_lazy("Ouvrir une discussion"),
                    f"{start}?{urlencode({'title': title, 'theme': theme.slug})}",
                ),
            ],
            horizon=Horizon.WEEK,
        )


def _why(theme: ThemeActivity) -> SafeString:
    seen = ngettext("<b>{n} échange</b> en sept jours", "<b>{n} échanges</b> en sept jours", theme.recent)
    usual = (
        _("contre {usual} par semaine d’habitude")
        if theme.before
        else _("alors que ce thème était calme depuis deux mois")
    )
    number = typography.number(theme.usual, decimals=1, language=get_language() or "fr")
    return format_html(
        _("{seen}, {usual}. Une discussion réunirait ce que chacun a trouvé."),
        seen=format_html(seen, n=theme.recent),
        usual=format_html(usual, usual=number),
    )


RULE = RisingTheme()
