"""What became of exchanges in their first two weeks, for whoever asks what works.

Each has the same time to be of help, so that a period, a day or an hour is not behind another for being
younger.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import F

from ..choices import Meaning
from ..models import Conversation, Reaction

JUDGED_AFTER = dt.timedelta(days=14)
HELPFUL = (Meaning.HELPS, Meaning.LIVED, Meaning.THANKS)
"""Reactions that say that a text did something for somebody."""
HELPED = (Meaning.HELPS, Meaning.THANKS)
"""Those by which it helped."""


@dataclass(slots=True)
class Worked:
    """An exchange: whether somebody said, whenever it was, that a text of another helped (`is_helpful`).

    In its first two weeks it `is_useful` when an answer was accepted, or when somebody said of a text of
    another that it helps, that they lived it too, or thanks. It reached the `people` who wrote or reacted in
    it, other than its author; reading is theirs alone.
    """

    is_helpful: bool = False
    is_useful: bool = False
    people: set[int] = field(default_factory=set)


def worked(
    conversations: Sequence[Conversation], wrote: Mapping[int, Mapping[int, dt.datetime]]
) -> dict[int, Worked]:
    """By exchange, what became of it; `wrote` are those who wrote in it, with when they did first. One query.

    Machines are not among the people, and nothing was useful to them.
    """
    until = {one.pk: one.created_at + JUDGED_AFTER for one in conversations}
    found: dict[int, Worked] = defaultdict(Worked)
    for one in conversations:
        made = found[one.pk]
        made.is_useful = one.accepted_at is not None and one.accepted_at < until[one.pk]
        made.people.update(who for who, at in wrote.get(one.pk, {}).items() if at < until[one.pk])
    said = Reaction.objects.filter(
        contribution__conversation__in=list(until), contribution__deleted_at=None
    ).exclude(member=F("contribution__author"))
    for key, who, is_machine, meaning, at in said.values_list(
        "contribution__conversation", "member", "member__is_machine", "meaning", "created_at"
    ):
        made = found[key]
        made.is_helpful |= meaning in HELPED
        if not is_machine and at < until[key]:
            made.people.add(who)
            made.is_useful |= meaning in HELPFUL
    for one in conversations:
        found[one.pk].people.discard(one.author_id)
    return found
