"""A question that was answered, and whose asker has not said whether it helped."""

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

from passeur.accounts import policies as accounts
from passeur.conversations.choices import State
from passeur.conversations.queries import needs
from passeur.foundation.icons import Icon

from ..choices import About, Horizon
from . import moves, questions
from .cue import Cue, Ground, Reason, Rule, Scope
from .moves import Move
from .subjects import Ident, Subject

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.conversations.models import Contribution, Conversation

PATIENCE, TOO_LATE = 3, 60
"""Days after the last answer: before, the asker is left in peace; after, nobody is asked any more."""


class NotAccepted(Rule):
    """It is the asker's turn: they are asked whether it helped, never the people who answered."""

    name = "not-accepted"
    label = gettext_lazy("Réponse en attente d’un retour")
    icon = Icon("circle-check")
    rest = dt.timedelta(days=7)
    about = About.CONVERSATION

    def candidates(self, community: Community, now: dt.datetime) -> Iterable[Ident]:
        return needs.answered_since(community, now - dt.timedelta(days=TOO_LATE))

    def judge(self, ground: Ground, subjects: Sequence[Subject]) -> Iterable[Cue]:
        for question in ground.conversations(subjects):
            if question.state != State.ANSWERED:
                continue
            yield Cue(
                begins=question.turn_since + dt.timedelta(days=PATIENCE),
                ends=question.turn_since + dt.timedelta(days=TOO_LATE),
                rule=self,
                community=question.community,
                key=f"{self.name}:{question.pk}:{int(question.turn_since.timestamp())}",
                subject=f"conversation:{question.pk}",
                since=question.turn_since,
                title=question.title,
                url=reverse("conversations:detail", args=[question.pk]),
                reasons=[Reason(gettext_lazy("Une réponse, sans que l’on sache si elle suffit"), 1)],
                horizon=Horizon.WEEK,
                conversation=question,
            )

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        answers = needs.answers_by(question.pk for question in questions.of(cues))
        told = []
        for cue, question in zip(cues, questions.of(cues), strict=True):
            by = _last_to_answer(question, answers[question.pk])
            ways = [
                *_ask_the_asker(scope, question, by),
                moves.refer(None, gettext_lazy("Solliciter une autre personne")),
            ]
            told.append(replace(cue, why=_why(scope, question, by), moves=ways))
        return told


def _last_to_answer(question: Conversation, answers: list[Contribution]) -> Member | None:
    """Who answered last: a person other than the asker."""
    people = (answer.author for answer in answers if not answer.author.is_machine)
    return next((person for person in people if person.pk != question.author_id), None)


def _why(scope: Scope, question: Conversation, by: Member | None) -> SafeString:
    return format_html(
        _("<b>{name}</b> a répondu il y a {age} ; <b>{asker}</b> n’a pas dit si cela suffit."),
        name=by.name if by else _("Quelqu’un"),
        age=scope.age(question.turn_since),
        asker=question.author.name,
    )


def _ask_the_asker(scope: Scope, question: Conversation, by: Member | None) -> list[Move]:
    asker = question.author
    if asker.pk == scope.manager.pk:
        url = reverse("conversations:detail", args=[question.pk])
        return [moves.leads_to("judge", gettext_lazy("Lire la réponse reçue"), url)]
    if not accounts.can_sign_in(asker):
        return []
    draft = _(
        "%(name)s a répondu à votre question. Est-ce que cela vous aide ? Si oui, acceptez la réponse : "
        "d’autres la trouveront. Sinon, dites ce qui manque, je cherche avec vous qui pourrait aider."
    ) % {"name": by.name if by else _("Quelqu’un")}
    label = _("Demander à %(name)s") % {"name": asker.first_name}
    return [moves.note("ask_author", label, to=asker, draft=draft)]


RULE = NotAccepted()
