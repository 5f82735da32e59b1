"""The facts evidence is made of, with merged members as the person they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model

from passeur.algorithms.routing.evidence import Past
from passeur.conversations.queries.past import past

if TYPE_CHECKING:
    from passeur.communities.models import Community


def facts_of(community: Community, only: Collection[int] | None = None) -> Past:
    """The past of a community, or of some of its conversations. Erased people are no evidence of anything."""
    told = past(community, only)
    people = get_user_model()._default_manager
    erased = set(people.exclude(erased_at=None).values_list("pk", flat=True))
    merged = dict(people.exclude(merged_into=None).values_list("pk", "merged_into_id"))
    return replace(
        told,
        questions=tuple(
            replace(
                question,
                asker=merged.get(question.asker, question.asker),
                mentions=tuple(merged.get(person, person) for person in question.mentions),
            )
            for question in told.questions
        ),
        answers=tuple(
            replace(answer, author=merged.get(answer.author, answer.author))
            for answer in told.answers
            if answer.author not in erased
        ),
    )
