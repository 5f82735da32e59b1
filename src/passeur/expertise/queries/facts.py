"""The facts evidence is made of, with merged members as the person they are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Q

from passeur.algorithms.routing.evidence import Past
from passeur.conversations.queries.past import past

if TYPE_CHECKING:
    from passeur.communities.models import Community


def facts_of(community: Community, only: Collection[int] | None = None) -> Past:
    """The past of a community, or of some of its conversations. Erased people are no evidence of anything."""
    told = past(community, only)
    erased, merged = _erased_and_merged(told, whole=only is None)
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


def _erased_and_merged(told: Past, *, whole: bool) -> tuple[set[int], dict[int, int]]:
    """Erased members, and by merged member the person they are: of all, or of those in what is told."""
    people = get_user_model()._default_manager.filter(~Q(erased_at=None) | ~Q(merged_into=None))
    if not whole:
        named = {answer.author for answer in told.answers}
        for question in told.questions:
            named.update((question.asker, *question.mentions))
        people = people.filter(pk__in=named)
    erased: set[int] = set()
    merged: dict[int, int] = {}
    for person, erased_at, into in people.values_list("pk", "erased_at", "merged_into_id"):
        if erased_at is not None:
            erased.add(person)
        if into is not None:
            merged[person] = into
    return erased, merged
