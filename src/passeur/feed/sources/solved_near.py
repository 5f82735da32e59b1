"""Solved questions close to one that the person asked: worked out ahead, by the texts."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ..choices import Nature
from ..models import Suggestion
from .source import Found, Reason, Scope, Source

MOST = 30


class SolvedNear(Source):
    """What helped somebody else with nearly the same trouble."""

    name = "solved-near"
    infers = True

    def find(self, scope: Scope) -> Iterable[Found]:
        rows = (
            Suggestion.objects.filter(member=scope.member, made_at__gt=scope.since)
            .exclude(conversation__accepted_answer=None)
            .order_by("-made_at")
            .values_list("conversation_id", "made_at", "near__title", "conversation__accepted_answer_id")
        )
        for conversation, at, title, accepted in rows[:MOST]:
            words = _("Proche de votre question « %(title)s »") % {"title": title}
            yield Found(conversation, at, Nature.SOLVED_NEAR, Reason(words, 0.6), contribution=accepted)


SOURCE = SolvedNear()
