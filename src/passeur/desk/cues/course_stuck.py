"""A member tries again and again in a course, and it does not come: somebody can help."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.foundation.icons import Icon
from passeur.records.queries import learning

from ..choices import About
from . import courses, moves, questions
from .courses import AboutLearner, Found
from .cue import Cue, Ground, Reason, Scope
from .people import belongings
from .subjects import Subject

if TYPE_CHECKING:
    from passeur.accounts.models import Member

TRIES = 2
"""So many failed tries, nothing brought to its end between them or after."""
PATIENCE, PAST = dt.timedelta(days=2), dt.timedelta(days=30)
"""After the last try: time to manage alone, and then to have moved on to something else."""


class CourseStuck(AboutLearner):
    """Several tries came to nothing and nothing moved on since. Neither their number nor a score is told."""

    name = "course-stuck"
    label = gettext_lazy("Coup de main sur un cours")
    icon = Icon("life-buoy")
    rest = dt.timedelta(days=21)

    def judge(self, ground: Ground, subjects: Sequence[Subject]) -> Iterable[Cue]:
        for found in courses.found(ground, subjects):
            tries = found.learner.failed_since
            if found.learner.finished_at is None and len(tries) >= TRIES:
                yield self._cue(ground, found, tries)

    def _cue(self, ground: Ground, found: Found, tries: Sequence[dt.datetime]) -> Cue:
        reason = Reason(gettext_lazy("Plusieurs essais d’un cours n’ont pas abouti"), 3)
        begins, ends = tries[-1] + PATIENCE, tries[-1] + PAST
        return self.cue(ground, found, reason, since=tries[TRIES - 1], begins=begins, ends=ends)

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        names = courses.themes_of(courses.of(cues))
        helpers = _helpers(scope, cues)
        return [self._told(cue, names, helpers) for cue in cues]

    def _told(
        self, cue: Cue, names: dict[int, tuple[str, str]], helpers: dict[tuple[int, int], list[Member]]
    ) -> Cue:
        member, learner = cue.found.member, cue.found.learner
        others = helpers.get((learner.community, learner.course), [])
        helper = next((one for one in others if one.pk != member.pk), None)
        offering = _(
            "Le cours « %(course)s » donne parfois du fil à retordre. Y a-t-il un point sur lequel un "
            "coup de main vous aiderait ? Vous pouvez me le dire ici, ou poser la question à la communauté."
        ) % {"course": learner.name}
        made = [moves.note("write_to", gettext_lazy("Proposer de l’aide"), to=member, draft=offering)]
        if helper:
            # Both read it: it says of neither where they stand.
            together = _(
                "Vous avez un cours en commun, « %(course)s ». En parler un quart d’heure à deux peut "
                "éclairer l’un comme l’autre."
            ) % {"course": learner.name}
            made.append(moves.introduce(member, helper, together))
        title = _("« %(course)s » : qu’est-ce qui vous a aidé ?") % {"course": learner.name}
        made.append(
            moves.leads_to(
                "open_question",
                gettext_lazy("Ouvrir une question"),
                courses.start(cue.community, "question", title, courses.theme_of(learner, names)),
            )
        )
        why = _("Plusieurs essais n’ont pas abouti dans ce cours. Un mot suffit souvent.")
        return replace(
            cue,
            title=_("Un coup de main pour %(name)s sur « %(course)s » ?")
            % {"name": member.name, "course": learner.name},
            why=questions.told(why, _who(helper)),
            moves=made,
        )


def _who(helper: Member | None) -> SafeString:
    return format_html(_("<b>{name}</b> l’a terminé."), name=helper.name) if helper else SafeString("")


def _helpers(scope: Scope, cues: Sequence[Cue]) -> dict[tuple[int, int], list[Member]]:
    """By (community, course), those who finished it, take questions and are here now, the latest first."""
    places = {(one.community, one.course) for one in courses.of(cues)}
    done = [one for one in learning.of_courses(places) if one.finished_at is not None]
    done.sort(key=lambda one: one.finished_at or one.begun_at, reverse=True)
    here = {
        (one.community, one.member.pk): one.member
        for one in belongings(scope, {Subject(one.community, About.MEMBER, one.member) for one in done})
        if not one.leads and _takes_questions(one.member, timezone.localdate(scope.now))
    }
    found: dict[tuple[int, int], list[Member]] = {}
    for one in done:
        if (member := here.get((one.community, one.member))) is not None:
            found.setdefault((one.community, one.course), []).append(member)
    return found


def _takes_questions(member: Member, today: dt.date) -> bool:
    return member.receives_questions and (member.paused_until is None or member.paused_until < today)


RULE = CourseStuck()
