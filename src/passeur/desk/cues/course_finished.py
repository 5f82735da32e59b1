"""A member finished a course that the community has to do with: they have something to share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.foundation.icons import Icon

from ..choices import Horizon
from . import courses, moves
from .courses import AboutLearner, Found
from .cue import Cue, Ground, Reason, Scope
from .subjects import Subject

FRESH = dt.timedelta(days=30)
"""After that it is past: nobody is congratulated on a course of last season."""


class CourseFinished(AboutLearner):
    """Finished within the month. What they scored is nobody's business here, and not read."""

    name = "course-finished"
    label = gettext_lazy("Cours terminé")
    icon = Icon("badge-check")
    rest = dt.timedelta(days=60)

    def judge(self, ground: Ground, subjects: Sequence[Subject]) -> Iterable[Cue]:
        for found in courses.found(ground, subjects):
            if found.learner.finished_at is not None:
                yield self._cue(ground, found, found.learner.finished_at)

    def _cue(self, ground: Ground, found: Found, at: dt.datetime) -> Cue:
        reason = Reason(gettext_lazy("Vient de terminer un cours rattaché à la communauté"), 2)
        return self.cue(ground, found, reason, since=at, begins=at, ends=at + FRESH, horizon=Horizon.WEEK)

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        names = courses.themes_of(courses.of(cues))
        return [self._told(cue, names) for cue in cues]

    def _told(self, cue: Cue, names: dict[int, tuple[str, str]]) -> Cue:
        member, learner = cue.found.member, cue.found.learner
        theme = courses.theme_of(learner, names)
        share = _(
            "Vous avez terminé le cours « %(course)s » : bravo. Qu’en avez-vous retenu, et qu’en faites-vous "
            "déjà dans votre travail ? Quelques lignes ici en aideraient d’autres."
        ) % {"course": learner.name}
        made = [moves.note("write_to", gettext_lazy("Inviter à partager"), to=member, draft=share)]
        if theme:
            help_ = _(
                "Vous avez terminé le cours « %(course)s ». Des questions sur « %(theme)s » se posent ici : "
                "accepteriez-vous qu’on vous en adresse une de temps en temps ? Si oui, dites-le dans votre "
                "profil, parmi ce que vous pouvez aider à faire ; sinon, aucun souci."
            ) % {"course": learner.name, "theme": theme[0]}
            made.append(moves.note("ask_to_help", gettext_lazy("Proposer d’aider"), to=member, draft=help_))
        if theme:
            why = format_html(
                _("Le cours est rattaché au thème <b>{theme}</b> : {name} pourrait y répondre à d’autres."),
                theme=theme[0],
                name=member.name,
            )
        else:
            why = format_html(_("<b>{name}</b> pourrait raconter ce que cela change."), name=member.name)
        return replace(
            cue,
            title=_("%(name)s a terminé « %(course)s »") % {"name": member.name, "course": learner.name},
            why=why,
            moves=made,
        )


RULE = CourseFinished()
