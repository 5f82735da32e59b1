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
from passeur.foundation.icons import Icon

from ..choices import About, Horizon
from . import questions
from .cue import INSTANT, Cue, Ground, Reason, Rule, Scope
from .subjects import Ident, Subject

if TYPE_CHECKING:
    from passeur.communities.models import Community
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
    about = About.CONVERSATION
    suggests_people = True

    def candidates(self, community: Community, now: dt.datetime) -> Iterable[Ident]:
        return needs.waiting_or_back(community, State.NOT_HELPED, State.REPLIED)

    def judge(self, ground: Ground, subjects: Sequence[Subject]) -> Iterable[Cue]:
        for question in ground.conversations(subjects):
            if question.state in (State.NOT_HELPED, State.REPLIED) and question.turn == Turn.COMMUNITY:
                begins, old = self._presses(question), question.turn_since + dt.timedelta(days=LONG_AGO)
                yield replace(self._cue(question, Horizon.TODAY), begins=begins, ends=old)
                yield replace(self._cue(question, Horizon.WEEK), begins=max(begins, old))

    def _presses(self, question: Conversation) -> dt.datetime:
        """Who answered may well come back; where nobody answered yet, the goal of the community holds."""
        soonest = question.turn_since + PATIENCE
        if question.state == State.NOT_HELPED:
            return soonest
        return max(soonest, communities.goal_deadline(question.community, question.turn_since) + INSTANT)

    def _cue(self, question: Conversation, horizon: Horizon) -> Cue:
        return Cue(
            rule=self,
            community=question.community,
            key=f"{self.name}:{question.pk}:{int(question.turn_since.timestamp())}",
            subject=f"conversation:{question.pk}",
            since=question.turn_since,
            title=question.title,
            url=reverse("conversations:detail", args=[question.pk]),
            reasons=[Reason(gettext_lazy("La personne a réécrit et attend toujours"), 3)],
            horizon=horizon,
            waiting=question.author_id,
            conversation=question,
        )

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        best = questions.best_for(scope, cues)
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
    age = scope.age(question.turn_since)
    return format_html(words, name=question.author.name, age=age)


RULE = NotHelped()
