"""A question that got a reply that did not help: the asker wrote again, and it is the community's turn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.communities import queries as communities
from passeur.conversations.choices import State, Turn
from passeur.conversations.queries import needs
from passeur.foundation import dates
from passeur.foundation.icons import Icon

from ..choices import Horizon
from . import questions
from .cue import Cue, Reason, Rule, Scope

if TYPE_CHECKING:
    from passeur.conversations.models import Conversation

PATIENCE, LONG_AGO = dt.timedelta(hours=12), 30
"""How long the people who answered get to come back by themselves; days of today's list."""


class NotHelped(Rule):
    """Answered, the asker wrote again since, nothing accepted (MEASURES, Not helped); or asked back and
    answered by the asker, and nobody went on within the goal.
    """

    name = "not-helped"
    label = gettext_lazy("Pas encore aidée")
    icon = Icon("life-buoy")
    rest = dt.timedelta(days=3)

    def find(self, scope: Scope) -> Iterable[Cue]:
        theirs = needs.in_state(scope.communities, State.NOT_HELPED, State.REPLIED).filter(
            turn=Turn.COMMUNITY, turn_since__lte=scope.now - PATIENCE
        )
        for question in questions.placed(scope, theirs):
            if self._presses(scope, question):
                yield self._cue(scope, question)

    def _presses(self, scope: Scope, question: Conversation) -> bool:
        """Who answered may well come back; where nobody answered yet, the goal of the community holds."""
        if question.state == State.NOT_HELPED:
            return True
        return communities.goal_deadline(question.community, question.turn_since) < scope.now

    def _cue(self, scope: Scope, question: Conversation) -> Cue:
        age = scope.now - question.turn_since
        return Cue(
            rule=self,
            community=question.community,
            key=f"{self.name}:{question.pk}:{int(question.turn_since.timestamp())}",
            subject=f"conversation:{question.pk}",
            since=question.turn_since,
            title=question.title,
            url=reverse("conversations:detail", args=[question.pk]),
            reasons=[Reason(_("La personne a réécrit et attend toujours"), 3)],
            horizon=Horizon.TODAY if age.days < LONG_AGO else Horizon.WEEK,
            waiting=question.author_id,
            conversation=question,
        )

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        best = questions.best_for(cues)
        label = gettext_lazy("Solliciter une autre personne")
        return [
            replace(
                cue,
                why=questions.told(_why(scope, question), questions.who_and_why(best.get(question.pk))),
                moves=questions.ways_to_help(scope, question, best.get(question.pk), label),
            )
            for cue, question in zip(cues, questions.of(cues), strict=True)
        ]


def _why(scope: Scope, question: Conversation) -> SafeString:
    words = (
        _("<b>{name}</b> a réécrit il y a {age} : la réponse reçue n’a pas suffi.")
        if question.state == State.NOT_HELPED
        else _(
            "<b>{name}</b> a réécrit il y a {age} : on a commenté sa question, personne n’y a encore répondu."
        )
    )
    age = dates.duration(scope.now - question.turn_since)
    return format_html(words, name=question.author.name, age=age)


RULE = NotHelped()
