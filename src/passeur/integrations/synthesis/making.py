"""Makes a synthetic company: people, then each community with all that was said there.

Each community is whole or missing: interrupted and run again, the work goes on with the first missing one.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from passeur.channels import queries as channels
from passeur.channels.services import bulk, runs
from passeur.conversations.services import imports

from . import attention, people
from .archive import KIND, SyntheticCommunity
from .sizes import Sizes, Village, villages

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What a synthesis has made, all runs together."""

    communities: int
    conversations: int
    contributions: int


def synthesize(sizes: Sizes, *, until: dt.date | None = None, progress: Progress) -> Made:
    """Make what is missing of the company of these sizes. The day it ends on stays that of its first run."""
    end = _end_of_story(sizes, until)
    progress("people", 0.0)
    with transaction.atomic():
        _quicken()
        first = people.provide(sizes, end)
    homes = villages(sizes, end)
    members = people.by_village(sizes, homes)
    done = 0
    for village in homes:
        if not _is_whole(sizes, village):
            _make(village, sizes, first, members[village.number], done / sizes.contributions, progress)
        done += village.contributions
        progress(village.name, done / sizes.contributions)
    _gather_statistics()
    return Made(len(homes), sizes.conversations, done)


def _end_of_story(sizes: Sizes, until: dt.date | None) -> dt.datetime:
    before = channels.at(KIND, _address(sizes, 0))
    if before is not None:
        return before.created_at
    day = until or timezone.now().date()
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def _address(sizes: Sizes, number: int) -> str:
    return f"{sizes.address}/synthese-{sizes.seed}-{number + 1}"


def _is_whole(sizes: Sizes, village: Village) -> bool:
    channel = channels.at(KIND, _address(sizes, village.number))
    return channel is not None and channels.was_read_whole(channel.pk)


def _make(
    village: Village, sizes: Sizes, first: int, members: array[int], before: float, progress: Progress
) -> None:
    archive = SyntheticCommunity(village, sizes, [str(number) for number in members])
    with transaction.atomic():
        _quicken()
        community = _found(village, archive)
        is_new = channels.at(KIND, archive.address) is None
        channel = runs.provide(KIND, archive.address, community=community, since=village.until)
        if is_new:
            people.belong(village, sizes, community, channel, first, members)
    share = village.contributions / sizes.contributions

    def show(phase: str, done: float) -> None:
        progress(village.name, before + share * (0.6 * done if phase == "read" else 0.6 + 0.35 * done))

    imports.load(archive, community=community, progress=show)
    with transaction.atomic():
        _quicken()
        imports.follow_what_one_wrote_in(channel)
        attention.read_and_follow(channel, sizes.seed)
        attention.declare(community, sizes.seed)


def _found(village: Village, archive: SyntheticCommunity) -> int:
    founded = village.until - dt.timedelta(days=3 * 365 + 1)
    purpose = {
        "fr": "S’entraider et garder ce que l’on apprend : {name}.",
        "en": "Help each other and keep what we learn: {name}.",
    }
    charter = {"fr": "Soyez utiles, soyez précis, remerciez.", "en": "Be useful, be precise, say thank you."}
    bulk.insert_rows(
        "communities.Community",
        [
            {
                "slug": village.slug,
                "name": village.name,
                "purpose": purpose[archive.language].format(name=village.trade.name),
                "entry": "invitation" if village.is_private else "open",
                "language": archive.language,
                "created_at": founded,
            }
        ],
    )
    community = imports.community_for(archive)
    bulk.insert_rows(
        "communities.Charter",
        [
            {
                "community_id": community,
                "version": 1,
                "text": charter[archive.language],
                "published_at": founded,
            }
        ],
    )
    return community


def _quicken() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set local synchronous_commit = off; set local work_mem = '64MB'; set local jit = off")


def _gather_statistics() -> None:
    """So that the very first page is planned with true figures."""
    with connection.cursor() as cursor:
        cursor.execute("analyze")
