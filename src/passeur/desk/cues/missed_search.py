"""Words that people search again and again without finding anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.conversations.queries import needs
from passeur.conversations.queries.needs import Missed
from passeur.foundation.icons import Icon

from ..choices import About, Horizon
from . import moves
from .cue import Cue, Ground, Reason, Rule, Scope
from .subjects import Ident, Subject

if TYPE_CHECKING:
    from passeur.communities.models import Community

WINDOW, LEAST, MANY = 30, 3, 10
"""Days looked back, and searches that make a need, and a pressing one. Who searched is not known."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Words as they were typed last, how often in the window, and its first day with them."""

    words: str
    times: int
    first_day: dt.date


class MissedSearch(Rule):
    """A search without result, made several times in a month, and still without: an unmet need."""

    name = "missed-search"
    label = gettext_lazy("Cherché sans résultat")
    icon = Icon("search-x")
    rest = dt.timedelta(days=30)
    about = About.SEARCH

    def candidates(self, community: Community, now: dt.datetime) -> Iterable[Ident]:
        return needs.digests_since(community, _first_day(now))

    def named_by(self, key: str, community: Community, now: dt.datetime) -> Ident | None:
        return key.partition(":")[2] or None

    def judge(self, ground: Ground, subjects: Sequence[Subject]) -> Iterable[Cue]:
        since = _first_day(ground.now)
        words = needs.missed_words({subject.community for subject in subjects}, since)
        wanted = {
            (subject.community, words[key]): str(subject.ident)
            for subject in subjects
            if (key := (subject.community, str(subject.ident))) in words and subject.community in ground.by_pk
        }
        in_vain = needs.missed(wanted, since)
        found = needs.found_now((*pair, days[-1].words) for pair, days in in_vain.items())
        for (community, folded), days in in_vain.items():
            if (community, folded) in found:
                continue
            for begins, ends, seen in _stretches(days):
                cue = self._cue(ground.by_pk[community], wanted[community, folded], seen)
                yield replace(cue, begins=begins, ends=ends)

    def _cue(self, community: Community, digest: str, seen: Seen) -> Cue:
        query = urlencode({"q": seen.words, "community": community.slug})
        return Cue(
            rule=self,
            community=community,
            key=f"{self.name}:{digest}",
            subject=f"search:{digest}",
            since=_midnight(seen.first_day),
            url=f"{reverse('conversations:search')}?{query}",
            reasons=[Reason(gettext_lazy("Recherché plusieurs fois, sans résultat"), 1)]
            + ([Reason(gettext_lazy("Dix fois ou plus"), 1)] if seen.times >= MANY else []),
            about=seen.words,
            horizon=Horizon.WEEK,
            found=seen,
        )

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        return [self._told(cue, cue.found) for cue in cues]

    def _told(self, cue: Cue, seen: Seen) -> Cue:
        words = seen.words
        start = reverse("conversations:start", args=[cue.community.slug, "question"])
        draft = _(
            "Plusieurs personnes cherchent « %(words)s » dans notre communauté et ne trouvent rien. "
            "Pourriez-vous raconter en quelques lignes comment vous faites ?"
        ) % {"words": words}
        title = _("Qui peut nous parler de « %(words)s » ?") % {"words": words}
        return replace(
            cue,
            title=_("« %(words)s » : rien à trouver ici") % {"words": words},
            why=format_html(_("Cherché <b>{n} fois</b> en trente jours, sans rien trouver."), n=seen.times),
            moves=[
                moves.note("ask_content", gettext_lazy("Demander un contenu"), draft=draft),
                moves.leads_to(
                    "open_question",
                    gettext_lazy("Poser la question à tous"),
                    f"{start}?{urlencode({'title': title})}",
                ),
            ],
        )


def _midnight(day: dt.date) -> dt.datetime:
    """When the day begins. Misses are kept by the day of the installation's clock, so it decides here too."""
    return dt.datetime.combine(day, dt.time(), timezone.get_default_timezone())


def _first_day(now: dt.datetime) -> dt.date:
    return timezone.localdate(now, timezone.get_default_timezone()) - dt.timedelta(days=WINDOW)


def _stretches(days: Sequence[Missed]) -> Iterable[tuple[dt.datetime, dt.datetime, Seen]]:
    """From when until when the words were searched often enough in the thirty days before, and how often.

    `days` are in order. What is seen changes when a day comes in, and when one goes out of sight.
    """
    into = dt.timedelta(days=WINDOW + 1)
    edges = sorted({edge for one in days for edge in (one.day, one.day + into)})
    for begins, ends in pairwise(edges):
        within = [one for one in days if one.day <= begins < one.day + into]
        times = sum(one.times for one in within)
        if times >= LEAST:
            seen = Seen(within[-1].words, times, within[0].day)
            yield _midnight(begins), _midnight(ends), seen


RULE = MissedSearch()
