"""A question that waits for a reply past the community's goal."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from passeur.communities import queries as communities
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

LONG_AGO = 30
"""Days after which a question no longer presses today, and stands in the week's list."""


class WaitingQuestion(Rule):
    """Nobody but its author wrote, and the goal has passed on the clock that quiet hours stop."""

    name = "waiting-question"
    label = gettext_lazy("Question sans réponse")
    icon = Icon("message-circle-question-mark")
    somebody_waits = True
    rest = dt.timedelta(days=2)

    def find(self, scope: Scope) -> Iterable[Cue]:
        waiting = list(needs.in_state(scope.communities, State.WAITING))
        late = [
            q
            for q in waiting
            if communities.goal_deadline(scope.by_pk[q.community_id], q.created_at) < scope.now
        ]
        suggested = expertise.best_for(late)
        asked = expertise.asked_now(late)
        by_author = Counter((question.community_id, question.author_id) for question in waiting)
        for question in late:
            others = by_author[question.community_id, question.author_id] - 1
            yield self._cue(scope, question, suggested.get(question.pk), others, asked.get(question.pk))

    def _cue(
        self, scope: Scope, question: Conversation, best: Candidate | None, others: int, asked: str | None
    ) -> Cue:
        community = scope.by_pk[question.community_id]
        age = scope.now - question.created_at
        return Cue(
            rule=self,
            community=community,
            key=f"{self.name}:{question.pk}",
            subject=f"conversation:{question.pk}",
            conversation=question.pk,
            since=question.created_at,
            title=question.title,
            url=reverse("conversations:detail", args=[question.pk]),
            why=_why(question, age, community.first_reply_goal, best, asked),
            reasons=_reasons(age, community.first_reply_goal, best, others, asked),
            moves=_moves(question, best, asked),
            horizon=Horizon.TODAY if age.days < LONG_AGO else Horizon.WEEK,
        )


def _why(
    question: Conversation, age: dt.timedelta, goal: int, best: Candidate | None, asked: str | None
) -> SafeString:
    told = format_html(
        _("<b>{name}</b> l’a posée il y a {age}. L’objectif de la communauté est de {goal}."),
        name=question.author.name,
        age=dates.duration(age),
        goal=dates.duration(dt.timedelta(hours=goal)),
    )
    if asked:
        return format_html("{} {}", told, format_html(_("<b>{name}</b> a été sollicité(e)."), name=asked))
    if best:
        return format_html("{} {}", told, format_html("<b>{}</b> : {}", best.member.name, best.sentence))
    return told


def _reasons(
    age: dt.timedelta, goal: int, best: Candidate | None, others: int, asked: str | None
) -> list[Reason]:
    if age.days >= LONG_AGO:
        reasons = [Reason(_("Objectif de première réponse dépassé depuis plus d’un mois"), 2)]
    else:
        past = age / dt.timedelta(hours=goal)
        reasons = [Reason(_("Objectif de première réponse dépassé"), 3 if past < 3 else 4)]
    if others > 0:
        words = ngettext(
            "%(n)d autre question de la même personne attend aussi",
            "%(n)d autres questions de la même personne attendent aussi",
            others,
        )
        reasons.append(Reason(words % {"n": others}, 2))
    if best and not asked:
        reasons.append(Reason(_("Une personne disponible est connue"), 1))
    if asked:
        reasons.append(Reason(_("Quelqu’un a déjà été sollicité"), -2))
    return reasons


def _moves(question: Conversation, best: Candidate | None, asked: str | None) -> list[Move]:
    moves = [Move("answer", gettext_lazy("Répondre"), opens=Opens.TEXT)]
    if best and not asked:
        label = _("Solliciter %(name)s") % {"name": best.member.first_name}
        moves.insert(0, Move("refer", label, person=best.member))
    else:
        moves.append(Move("refer", gettext_lazy("Solliciter quelqu’un"), opens=Opens.PEOPLE))
    moves.append(Move("point", gettext_lazy("Indiquer une question proche"), opens=Opens.SIMILAR))
    return moves


RULE = WaitingQuestion()
