"""What others wrote in conversations that the person began."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from passeur.conversations.choices import Part

from ..choices import Nature
from .source import Found, Reason, Scope, Source


class Own(Source):
    """An answer to their question, or a word in their conversation."""

    name = "own"
    follows = True

    def find(self, scope: Scope) -> Iterable[Found]:
        for message in scope.messages["own"]:
            answers = message.part == Part.ANSWER
            words = _("Vous avez posé cette question") if answers else _("Vous avez ouvert cet échange")
            yield Found(
                message.conversation,
                message.at,
                Nature.ANSWERED if answers else Nature.WRITTEN,
                Reason(words, 0.95 if answers else 0.8),
                contribution=message.contribution,
            )


SOURCE = Own()
