"""Verbs and types of activity as numbers, and what each verb says of taking part."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from passeur.algorithms.xapi import keys
from passeur.records import protocols as records

from ..choices import Act
from ..models import Word

STARTING = (records.ASKED, records.OPENED, records.SHARED, records.ANNOUNCED)
REPLYING = (records.ANSWERED, records.REPLIED, records.COMMENTED)
"""A direct reply to whom the statement concerns: what a tie is made of."""
TAKING_PART = (*REPLYING, records.REACTED, records.ACCEPTED)
NOTHING = (
    records.JOINED, records.LEFT, records.CLOSED, records.EXPIRED, records.SPOTLIGHTED, records.MET
)  # fmt: skip
"""What happens to somebody, or what a clock or an animator does."""


def act_of(iri: str) -> Act:
    """What a verb of ours says of taking part."""
    for act, verbs in ((Act.STARTS, STARTING), (Act.TAKES_PART, TAKING_PART), (Act.NOTHING, NOTHING)):
        if any(verb.iri == iri for verb in verbs):
            return act
    return Act.ACTIVE


def learn(words: Iterable[tuple[str, bool]]) -> None:
    """Give a number to each (IRI, whether it is our own) that has none. What others say is activity."""
    Word.objects.bulk_create(
        [
            Word(key=keys.key_of(iri), iri=iri, is_own=is_own, act=act_of(iri) if is_own else Act.ACTIVE)
            for iri, is_own in sorted(set(words))
        ],
        ignore_conflicts=True,
    )


def replying() -> list[UUID]:
    """The keys of the verbs that reply."""
    return [verb.key for verb in REPLYING]
