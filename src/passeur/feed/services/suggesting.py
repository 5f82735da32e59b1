"""Working out ahead which solved question may help somebody who asked something close, by their texts."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from passeur.communities.queries import scopes
from passeur.conversations.queries import news

from ..models import Mark, Passed, Suggestion

KEPT = dt.timedelta(days=60)
"""How long what was worked out, and what was passed over, is kept."""
LATELY = dt.timedelta(days=14)
MOST = 200


def suggest(conversation_id: int) -> int:
    """Keep a solved question for those whose open question is close to it; how many rows."""
    near = {found.member: found.question for found in news.asked_near(conversation_id)}
    if not near:
        return 0
    against = Mark.objects.filter(member__in=list(near), is_personal=False)
    for member in against.values_list("member_id", flat=True):
        del near[member]
    made = Suggestion.objects.bulk_create(
        [
            Suggestion(member_id=member, conversation_id=conversation_id, near_id=question)
            for member, question in near.items()
        ],
        ignore_conflicts=True,
    )
    return len(made)


def suggest_again(community_id: int) -> int:
    """The same for the questions of a community that were solved lately: what an import brought."""
    since = timezone.now() - LATELY
    solved = news.in_communities([community_id], since, each=MOST)
    return sum(suggest(told.conversation) for what, told in solved if what == "resolved")


def suggest_everywhere() -> int:
    """The same in every community that lives."""
    return sum(suggest_again(community.pk) for community in scopes.every() if not community.is_archived)


def forget_old() -> int:
    """Delete what is past its time; how many rows."""
    before = timezone.now() - KEPT
    return sum(
        rows.delete()[0]
        for rows in (
            Suggestion.objects.filter(made_at__lt=before),
            Passed.objects.filter(created_at__lt=before),
        )
    )
