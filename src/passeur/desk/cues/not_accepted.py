"""A question that was answered, and whose asker has not said whether it helped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.accounts import policies as accounts
from passeur.conversations.choices import State
from passeur.conversations.queries import needs
from passeur.foundation import dates
from passeur.foundation.icons import Icon

from ..choices import Horizon
from .cue import Cue, Move, Opens, Reason, Rule, Scope

if TYPE_CHECKING:
    from passeur.conversations.models import Contribution, Conversation

PATIENCE, TOO_LATE = 3, 60
"""Days after the last answer: before, the asker is left in peace; after, nobody is asked any more."""


class NotAccepted(Rule):
    """It is the asker's turn: they are asked whether it helped, never the people who answered."""

    name = "not-accepted"
    label = gettext_lazy("Réponse en attente d’un retour")
    icon = Icon("circle-check")
    somebody_waits = False
    rest = dt.timedelta(days=7)

    def find(self, scope: Scope) -> Iterable[Cue]:
        open_ones = needs.in_state(scope.communities, State.ANSWERED).filter(
            turn_since__lte=scope.ago(days=PATIENCE), turn_since__gte=scope.ago(days=TOO_LATE)
        )
        questions = list(open_ones)
        answers = needs.answers_by(question.pk for question in questions)
        for question in questions:
            if answers[question.pk]:
                yield self._cue(scope, question, answers[question.pk])

    def _cue(self, scope: Scope, question: Conversation, answers: list[Contribution]) -> Cue:
        age = dates.duration(scope.now - question.turn_since)
        why = format_html(
            _("<b>{name}</b> a répondu il y a {age} ; <b>{asker}</b> n’a pas dit si cela l’a aidé(e)."),
            name=answers[0].author.name,
            age=age,
            asker=question.author.name,
        )
        moves = [Move("refer", gettext_lazy("Solliciter une autre personne"), opens=Opens.PEOPLE)]
        if accounts.can_sign_in(question.author):
            draft = _(
                "%(name)s a répondu à votre question. Est-ce que cela vous a aidé ? Si oui, acceptez la réponse : "
                "les suivants la trouveront. Sinon, dites ce qui manque, je cherche quelqu’un d’autre avec vous."
            ) % {"name": answers[0].author.name}
            label = _("Demander à %(name)s") % {"name": question.author.first_name}
            moves.insert(0, Move("ask_author", label, person=question.author, opens=Opens.TEXT, draft=draft))
        return Cue(
            rule=self,
            community=scope.by_pk[question.community_id],
            key=f"{self.name}:{question.pk}:{answers[0].pk}",
            subject=f"conversation:{question.pk}",
            conversation=question.pk,
            since=question.turn_since,
            title=question.title,
            url=reverse("conversations:detail", args=[question.pk]),
            why=why,
            reasons=[Reason(_("Répondue, sans que l’on sache si cela suffit"), 1)],
            moves=moves,
            horizon=Horizon.WEEK,
        )


RULE = NotAccepted()
