"""The reactions under texts: how many people chose each word, and whether the reader did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from passeur.foundation.prepared import Asked, prepared

from ..choices import Meaning, meanings
from ..models import Contribution, Reaction

if TYPE_CHECKING:
    from passeur.accounts.models import Member


@dataclass(frozen=True, slots=True)
class ReactionCount:
    """One reaction under a text: its word, how many people chose it, whether the reader did."""

    meaning: Meaning
    count: int
    mine: bool


def tally(reactions: Iterable[ReactionCount]) -> str:
    """What a page shows of the reactions under a text, in a word: `2-1m`, the second one the reader's."""
    return "-".join(f"{one.count}{'m' if one.mine else ''}" for one in reactions)


def among(tops: Sequence[Contribution], reader: Member) -> dict[int, list[ReactionCount]]:
    """The reactions under each of several texts, which come with their conversations. One query."""
    counted = {
        (row["contribution_id"], row["meaning"]): (row["n"], bool(row["mine"]))
        for row in _counted(texts=[top.pk for top in tops], reader=reader.pk)
    }
    return {
        top.pk: [
            ReactionCount(meaning, *counted.get((top.pk, meaning.value), (0, False)))
            for meaning in meanings(top.conversation.kind, top.part)
        ]
        for top in tops
    }


@prepared
def _counted(texts: Asked, reader: Asked) -> QuerySet[Reaction, Any]:
    rows = Reaction.objects.filter(contribution__among=texts).values("contribution_id", "meaning")
    return rows.annotate(n=Count("pk"), mine=Count("pk", filter=Q(member=reader)))


def on(contribution: Contribution, reader: Member) -> list[ReactionCount]:
    """The reactions under one text."""
    return among([contribution], reader)[contribution.pk]
