"""A question that was answered without helping: the asker wrote again, and it is the community's turn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.conversations.choices import State
from passeur.conversations.queries import needs
from passeur.expertise import queries as expertise
from passeur.foundation import dates
from passeur.foundation.icons import Icon

from ..choices import Horizon
from .cue import Cue, Move, Opens, Reason, Rule, Scope

if TYPE_CHECKING:
    from passeur.conversations.models import Conversation
    from passeur.expertise.queries import Candidate

PATIENCE, LONG_AGO = dt.timedelta(hours=12), 30
"""How long the people who answered get to come back by themselves; days of today's list."""


class NotHelped(Rule):
    """Answered, the asker wrote again since, nothing accepted (MEASURES, Not helped)."""

    name = "not-helped"
    label = gettext_lazy("Pas encore aidée")
    icon = Icon("life-buoy")
    somebody_waits = True
    rest = dt.timedelta(days=3)

    def find(self, scope: Scope) -> Iterable[Cue]:
        questions = list(
            needs.in_state(scope.communities, State.NOT_HELPED).filter(turn_since__lte=scope.now - PATIENCE)
        )
        suggested = expertise.best_for(questions)
        for question in questions:
            yield self._cue(scope, question, suggested.get(question.pk))

    def _cue(self, scope: Scope, question: Conversation, best: Candidate | None) -> Cue:
        age = scope.now - question.turn_since
        why = format_html(
            _("<b>{name}</b> a réécrit il y a {age} : la réponse reçue n’a pas suffi."),
            name=question.author.name,
            age=dates.duration(age),
        )
        moves = [Move("answer", gettext_lazy("Répondre"), opens=Opens.TEXT)]
        if best:
            why = format_html("{} <b>{}</b> : {}", why, best.member.name, best.sentence)
            label = _("Solliciter %(name)s") % {"name": best.member.first_name}
            moves.insert(0, Move("refer", label, person=best.member))
        else:
            moves.append(Move("refer", gettext_lazy("Solliciter une autre personne"), opens=Opens.PEOPLE))
        return Cue(
            rule=self,
            community=scope.by_pk[question.community_id],
            key=f"{self.name}:{question.pk}:{int(question.turn_since.timestamp())}",
            subject=f"conversation:{question.pk}",
            conversation=question.pk,
            since=question.turn_since,
            title=question.title,
            url=reverse("conversations:detail", args=[question.pk]),
            why=why,
            reasons=[Reason(_("La personne a relancé et attend toujours"), 3)],
            moves=moves,
            horizon=Horizon.TODAY if age.days < LONG_AGO else Horizon.WEEK,
        )


RULE = NotHelped()
