"""A question that waits for a reply past the community's goal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
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

from ..choices import About, Horizon
from . import moves, questions
from .cue import INSTANT, NEVER, Cue, Ground, Reason, Rule, Scope
from .subjects import Ident, Subject

if TYPE_CHECKING:
    from passeur.communities.models import Community
    from passeur.conversations.models import Conversation

LONG_AGO = 30
"""Days after which a question no longer presses today, and stands in the week's list."""


class WaitingQuestion(Rule):
    """Nobody but its author wrote, and the goal has passed on the clock that quiet hours stop."""

    name = "waiting-question"
    label = gettext_lazy("Question sans réponse")
    icon = Icon("message-circle-question-mark")
    rest = dt.timedelta(days=2)
    about = About.CONVERSATION
    suggests_people = True

    def candidates(self, community: Community, now: dt.datetime) -> Iterable[Ident]:
        return needs.waiting_or_back(community, State.WAITING)

    def judge(self, ground: Ground, subjects: Sequence[Subject]) -> Iterable[Cue]:
        waiting = [found for found in ground.conversations(subjects) if found.state == State.WAITING]
        if not waiting:
            return
        asked, others = expertise.asked_now(waiting), needs.others_waiting(waiting)
        for question in waiting:
            beside = _beside(others[question.pk], asked=question.pk in asked)
            for begins, ends, horizon, reason in _course(question):
                yield Cue(
                    rule=self,
                    community=question.community,
                    key=f"{self.name}:{question.pk}",
                    subject=f"conversation:{question.pk}",
                    since=question.created_at,
                    begins=begins,
                    ends=ends,
                    title=question.title,
                    url=reverse("conversations:detail", args=[question.pk]),
                    reasons=[reason, *beside],
                    horizon=horizon,
                    waiting=question.author_id,
                    conversation=question,
                    found=asked.get(question.pk),
                )

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        best = questions.best_for(scope, cues)
        label = gettext_lazy("Solliciter quelqu’un")
        told = []
        for cue, question in zip(cues, questions.of(cues), strict=True):
            asked: str | None = cue.found
            known = best.get(question.pk) if asked is None else None
            why = questions.told(
                _posed(scope, question), questions.who_and_why(known) if asked is None else _already(asked)
            )
            pointing = [] if question.author_id == scope.manager.pk else [moves.point()]
            ways = [*questions.ways_to_help(scope, question, known, label), *pointing]
            told.append(replace(cue, why=why, moves=ways))
        return told


def _posed(scope: Scope, question: Conversation) -> SafeString:
    return format_html(
        _("<b>{name}</b> l’a posée il y a {age}. L’objectif de la communauté est de {goal}."),
        name=question.author.name,
        age=scope.age(question.created_at),
        goal=dates.duration(dt.timedelta(hours=question.community.first_reply_goal)),
    )


def _already(name: str) -> SafeString:
    return format_html(_("La question a été portée à <b>{name}</b>, qui n’a pas encore répondu."), name=name)


def _course(question: Conversation) -> Iterable[tuple[dt.datetime, dt.datetime, Horizon, Reason]]:
    """Past the goal, far past it, and after a month: from when until when, in which list, and why there."""
    goal = dt.timedelta(hours=question.community.first_reply_goal)
    due = communities.goal_deadline(question.community, question.created_at) + INSTANT
    old = max(due, question.created_at + dt.timedelta(days=LONG_AGO))
    far = min(max(due, question.created_at + 3 * goal), old)
    passed = gettext_lazy("Objectif de première réponse dépassé")
    long_passed = gettext_lazy("Objectif de première réponse dépassé depuis plus d’un mois")
    yield due, far, Horizon.TODAY, Reason(passed, 3)
    yield far, old, Horizon.TODAY, Reason(passed, 4)
    yield old, NEVER, Horizon.WEEK, Reason(long_passed, 2)


def _beside(others: int, *, asked: bool) -> list[Reason]:
    """What else counts, at any time."""
    reasons = []
    if others > 0:
        words = ngettext(
            "%(n)d autre question de la même personne attend aussi",
            "%(n)d autres questions de la même personne attendent aussi",
            others,
        )
        reasons.append(Reason(words % {"n": others}, 2))
    if asked:
        reasons.append(Reason(gettext_lazy("Quelqu’un est déjà sollicité"), -2))
    return reasons


RULE = WaitingQuestion()
