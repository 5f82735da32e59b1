"""A theme that people write about clearly more than usual this week."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import exp, lgamma, log
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from passeur.conversations.queries import needs
from passeur.conversations.queries.needs import Moment
from passeur.foundation import typography
from passeur.foundation.icons import Icon

from ..choices import About, Horizon
from . import moves
from .cue import Cue, Ground, Reason, Rule, Scope
from .subjects import Ident, Subject

if TYPE_CHECKING:
    from passeur.communities.models import Community

LEAST, PEOPLE, SURPRISE = 3, 2, 0.02
"""Conversations, and people who start them, that make a movement; how unlikely it must be in a usual week."""
LEAST_USUAL = 0.25
"""A theme that was silent counts as one that comes up once a month."""
WEEK, BEFORE, LOOK_BACK = dt.timedelta(days=7), dt.timedelta(days=56), dt.timedelta(days=2)
"""What is compared with what; and how far the clock may be set back without anything missing."""


def unlikely(seen: int, usual: float) -> float:
    """The probability of at least `seen` conversations in a week that usually brings `usual` (Poisson).

    Each term is taken from its logarithm: powers and factorials of a busy theme would overflow.
    """
    return 1 - sum(exp(k * log(usual) - usual - lgamma(k + 1)) for k in range(seen))


@dataclass(frozen=True, slots=True)
class Week:
    """What was started on a theme in seven days, since when, and in the eight weeks before."""

    recent: int
    before: int
    first_at: dt.datetime

    @property
    def usual(self) -> float:
        """A usual week, by the eight before."""
        return self.before / 8


def stretches(
    moments: Sequence[Moment], since: dt.datetime
) -> Iterable[tuple[dt.datetime, dt.datetime, Week]]:
    """From when until when a theme rises, looking at no moment before `since`; `moments` are in order.

    Between the moments at which a conversation comes, leaves the week or leaves the eight weeks before it,
    nothing changes. Nothing can rise seven days after the last one.
    """
    week: deque[Moment] = deque()
    before: deque[Moment] = deque()
    coming = deque(moments)
    edges = sorted({edge for one in moments for edge in (one.at, one.at + WEEK, one.at + WEEK + BEFORE)})
    for begins, ends in pairwise(edges):
        while coming and coming[0].at <= begins:
            week.append(coming.popleft())
        while week and week[0].at + WEEK <= begins:
            before.append(week.popleft())
        while before and before[0].at + WEEK + BEFORE <= begins:
            before.popleft()
        if ends > since and len(week) >= LEAST and _rises(week, len(before)):
            yield begins, ends, Week(len(week), len(before), week[0].at)


def _rises(week: Collection[Moment], before: int) -> bool:
    if len({one.author for one in week}) < PEOPLE or any(one.gathers for one in week):
        return False
    return unlikely(len(week), max(before / 8, LEAST_USUAL)) < SURPRISE


class RisingTheme(Rule):
    """Three conversations or more by two people or more, which a usual week would seldom bring; gone once an
    LCM opened a discussion that brings them together.
    """

    name = "rising-theme"
    label = gettext_lazy("Thème qui monte")
    icon = Icon("trending-up")
    rest = dt.timedelta(days=7)
    about = About.THEME

    def candidates(self, community: Community, now: dt.datetime) -> Iterable[Ident]:
        return needs.themes_since(community, now - WEEK)

    def judge(self, ground: Ground, subjects: Sequence[Subject]) -> Iterable[Cue]:
        pairs = [(subject.community, int(subject.ident)) for subject in subjects]
        for (community, theme), moments in needs.moments(
            pairs, ground.now - WEEK - BEFORE - LOOK_BACK
        ).items():
            if community in ground.by_pk:
                for begins, ends, week in stretches(moments, ground.now - LOOK_BACK):
                    cue = self._cue(ground.by_pk[community], theme, week)
                    yield replace(cue, begins=begins, ends=ends)

    def _cue(self, community: Community, theme: int, week: Week) -> Cue:
        return Cue(
            rule=self,
            community=community,
            key=f"{self.name}:{theme}",
            subject=f"theme:{theme}",
            since=week.first_at,
            reasons=[Reason(gettext_lazy("Nettement plus d’échanges que d’habitude sur ce thème"), 2)],
            horizon=Horizon.WEEK,
            found=(theme, week),
        )

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        names = needs.theme_names(cue.found[0] for cue in cues)
        return [self._told(cue, *names[cue.found[0]]) for cue in cues]

    def _told(self, cue: Cue, name: str, slug: str) -> Cue:
        title = _("« %(theme)s » : faisons le point ensemble") % {"theme": name}
        start = reverse("conversations:start", args=[cue.community.slug, "discussion"])
        filters = urlencode({"theme": slug})
        return replace(
            cue,
            title=_("« %(theme)s » revient beaucoup cette semaine") % {"theme": name},
            url=f"{reverse('conversations:list', args=[cue.community.slug])}?{filters}",
            why=_why(cue.found[1]),
            moves=[
                moves.leads_to(
                    "open_discussion",
                    gettext_lazy("Ouvrir une discussion"),
                    f"{start}?{urlencode({'title': title, 'theme': slug})}",
                ),
            ],
        )


def _why(week: Week) -> SafeString:
    seen = ngettext("<b>{n} échange</b> en sept jours", "<b>{n} échanges</b> en sept jours", week.recent)
    usual = (
        _("contre {usual} par semaine d’habitude")
        if week.before
        else _("alors que ce thème était calme depuis deux mois")
    )
    number = typography.number(week.usual, decimals=1, language=get_language() or "fr")
    return format_html(
        _("{seen}, {usual}. Une discussion réunirait ce que chacun a trouvé."),
        seen=format_html(seen, n=week.recent),
        usual=format_html(usual, usual=number),
    )


RULE = RisingTheme()
