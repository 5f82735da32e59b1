"""Several members stopped on the way through a course: what is it about it? Nobody is named."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.communities.queries import scopes
from passeur.engagement.policies import SMALLEST
from passeur.foundation.icons import Icon
from passeur.records.queries import courses as records
from passeur.records.queries import learning

from ..choices import About, Horizon
from . import courses, moves
from .cue import Cue, Ground, Reason, Rule, Scope
from .people import belongings
from .subjects import Ident, Subject

if TYPE_CHECKING:
    from passeur.communities.models import Community
    from passeur.records.queries.learning import Learner

SILENT, PAST = dt.timedelta(days=21), dt.timedelta(days=90)
"""After the last step in the course: stopped, and too long ago to tell anything of it today."""
OTHERS = 2
"""Members of the community, at least, of whom it says nothing: else it would be said of each."""


class CourseDropped(Rule):
    """Five people or more began a course, did not finish it and have not gone on.

    It is about the course: who stopped is not told, nor how many, and whoever does not want their courses
    used is not among them.
    """

    name = "course-dropped"
    label = gettext_lazy("Cours laissé en route")
    icon = Icon("messages-square")
    rest = dt.timedelta(days=60)
    about = About.COURSE

    def candidates(self, community: Community, now: dt.datetime) -> Iterable[Ident]:
        return [course for _community, course in records.tied_in([community.pk])]

    def judge(self, ground: Ground, subjects: Sequence[Subject]) -> Iterable[Cue]:
        places = [(one.community, int(one.ident)) for one in subjects if one.community in ground.by_pk]
        learners = learning.of_courses(places)
        here = {
            (one.community, one.member.pk)
            for one in belongings(ground, {_member(one) for one in learners})
            if not one.leads
        }
        stopped: dict[tuple[int, int], list[Learner]] = defaultdict(list)
        for one in learners:
            if one.finished_at is None and (one.community, one.member) in here:
                stopped[one.community, one.course].append(one)
        sizes = scopes.sizes({community for community, _course in places})
        for (community, _course), some in stopped.items():
            yield from self._cues(ground, some, most=sizes.get(community, 0) - OTHERS)

    def _cues(self, ground: Ground, some: Sequence[Learner], *, most: int) -> Iterable[Cue]:
        for begins, ends in stretches([one.last_at for one in some], most):
            first = some[0]
            yield Cue(
                rule=self,
                community=ground.by_pk[first.community],
                key=f"{self.name}:{first.course}",
                subject=f"course:{first.course}",
                since=begins,
                begins=begins,
                ends=ends,
                url=reverse("records:course", args=[first.course]),
                reasons=[Reason(gettext_lazy("Plusieurs personnes n’ont pas continué ce cours"), 2)],
                horizon=Horizon.WEEK,
                found=first,
            )

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        names = courses.themes_of(cue.found for cue in cues)
        return [self._told(cue, names) for cue in cues]

    def _told(self, cue: Cue, names: dict[int, tuple[str, str]]) -> Cue:
        learner: Learner = cue.found
        theme = courses.theme_of(learner, names)
        title = _("« %(course)s » : qu’est-ce qui vous retient, qu’est-ce qui vous aide ?")
        address = courses.start(cue.community, "discussion", title % {"course": learner.name}, theme)
        return replace(
            cue,
            title=_("« %(course)s » : plusieurs s’arrêtent en route") % {"course": learner.name},
            why=format_html(
                _(
                    "Au moins {smallest} membres ont commencé ce cours et n’ont pas continué. Une discussion "
                    "dirait s’il est trop long, trop loin du travail, ou si l’aide manque."
                ),
                smallest=SMALLEST,
            ),
            moves=[moves.leads_to("open_discussion", gettext_lazy("Ouvrir une discussion"), address)],
        )


def _member(learner: Learner) -> Subject:
    return Subject(learner.community, About.MEMBER, learner.member)


def stretches(last: Iterable[dt.datetime], most: int) -> Iterable[tuple[dt.datetime, dt.datetime]]:
    """From when until when enough people have stopped, at most `most`; `last` are their last steps."""
    spans = [(at + SILENT, at + PAST) for at in last]
    edges = sorted({edge for span in spans for edge in span})
    joined: list[tuple[dt.datetime, dt.datetime]] = []
    for begins, ends in pairwise(edges):
        count = sum(1 for first, end in spans if first <= begins < end)
        if not SMALLEST <= count <= most:
            continue
        if joined and joined[-1][1] == begins:
            joined[-1] = (joined[-1][0], ends)
        else:
            joined.append((begins, ends))
    return joined


RULE = CourseDropped()
