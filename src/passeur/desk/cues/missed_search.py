"""Words that people search again and again without finding anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from hashlib import sha256

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.conversations.queries import needs
from passeur.conversations.queries.needs import Missed
from passeur.foundation.icons import Icon

from ..choices import Horizon
from . import moves
from .cue import Cue, Reason, Rule, Scope

WINDOW, LEAST = 30, 3
"""Days looked back, and searches that make a need. Who searched is not known."""


class MissedSearch(Rule):
    """A search without result, made several times in a month: an unmet need."""

    name = "missed-search"
    label = gettext_lazy("Cherché sans résultat")
    icon = Icon("search-x")
    rest = dt.timedelta(days=30)

    def find(self, scope: Scope) -> Iterable[Cue]:
        since = timezone.localdate(scope.ago(days=WINDOW))
        for missed in needs.missed_searches(scope.communities, since, least=LEAST):
            yield self._cue(scope, missed)

    def _cue(self, scope: Scope, missed: Missed) -> Cue:
        community = scope.by_pk[missed.community]
        words, digest = missed.words, sha256(missed.folded.encode()).hexdigest()[:16]
        start = reverse("conversations:start", args=[community.slug, "question"])
        draft = _(
            "Plusieurs personnes cherchent « %(words)s » dans notre communauté et ne trouvent rien. "
            "Pourriez-vous raconter en quelques lignes comment vous faites ?"
        ) % {"words": words}
        title = _("Qui peut nous parler de « %(words)s » ?") % {"words": words}
        return Cue(
            rule=self,
            community=community,
            key=f"{self.name}:{digest}",
            subject=f"search:{digest}",
            since=dt.datetime.combine(missed.first_day, dt.time(), timezone.get_current_timezone()),
            title=_("« %(words)s » : rien à trouver ici") % {"words": words},
            url=f"{reverse('conversations:search')}?{urlencode({'q': words, 'community': community.slug})}",
            why=format_html(_("Cherché <b>{n} fois</b> en trente jours, sans rien trouver."), n=missed.times),
            reasons=[Reason(_("Recherché plusieurs fois, sans résultat"), 1)]
            + ([Reason(_("Dix fois ou plus"), 1)] if missed.times >= 10 else []),
            moves=[
                moves.note("ask_content", gettext_lazy("Demander un contenu"), draft=draft),
                moves.leads_to(
                    "open_question",
                    gettext_lazy("Poser la question à tous"),
                    f"{start}?{urlencode({'title': title})}",
                ),
            ],
            about=words,
            horizon=Horizon.WEEK,
        )


RULE = MissedSearch()
