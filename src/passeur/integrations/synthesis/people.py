"""The people of a synthesis: accounts in the order of their number, and who belongs where, in which role."""

from __future__ import annotations

import datetime as dt
import random
from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection
from django.utils.text import slugify

from passeur.accounts.queries import people as known
from passeur.channels.services import bulk
from passeur.foundation.text import fold

from .lexicon import LANGUAGES
from .sizes import Sizes, Village, memberships

DOMAIN = "synthese.invalid"
MANAGERS = 3
"""How many of the most active steer a large community; a small one has one."""
EXPERT_EVERY = 40
_RESERVED = """
with held as (select nextval(pg_get_serial_sequence('accounts_member', 'id')) as first)
select first, setval(pg_get_serial_sequence('accounts_member', 'id'), first + %s) from held
"""
COLUMNS = (
    "id", "email", "name", "handle", "job", "team", "site", "language", "joined_at", "weekly_cap",
    "paused_until", "receives_questions", "password",
)  # fmt: skip


def provide(sizes: Sizes, until: dt.datetime) -> int:
    """Make all members unless they are there; gives the key of the first, the others follow it."""
    if there := known.by_email(_email(sizes, 0)):
        return there.pk
    with connection.cursor() as cursor:
        cursor.execute(_RESERVED, [sizes.members])
        first = int(cursor.fetchone()[0])
    bulk.copy_rows("accounts.Member", COLUMNS, _members(sizes, first, until))
    return first


def _members(sizes: Sizes, first: int, until: dt.datetime) -> Iterator[tuple[Any, ...]]:
    drawn = random.Random(f"{sizes.seed}/members")  # noqa: S311 - a story, not a secret
    for number in range(sizes.members):
        lexicon = LANGUAGES["en" if drawn.random() < 0.25 else "fr"]
        name = f"{drawn.choice(lexicon.first)} {drawn.choice(lexicon.last)}"
        away = (until + dt.timedelta(days=drawn.random() * 30)).date() if drawn.random() < 0.02 else None
        yield (
            first + number,
            _email(sizes, number),
            name,
            f"{slugify(fold(name))}-s{sizes.seed}-{number}",
            drawn.choice(lexicon.jobs),
            drawn.choice(lexicon.teams),
            drawn.choice(lexicon.sites),
            lexicon.code,
            until - dt.timedelta(days=1 + int(4 * 365 * drawn.random() ** 0.7)),
            drawn.choice((1, 2, 3, 3, 3, 4, 5)),
            away,
            drawn.random() > 0.05,
            "!synthesis",  # no password has this hash: nobody signs in as somebody invented
        )


def _email(sizes: Sizes, number: int) -> str:
    return f"m{number}@{sizes.address}.{DOMAIN}"


def by_village(sizes: Sizes, villages: Sequence[Village]) -> list[array[int]]:
    """The numbers of the members of each community, the most active first."""
    found = [array("l") for _ in villages]
    for member, homes in enumerate(memberships(sizes, len(villages))):
        for home in homes:
            found[home].append(member)
    for village, members in zip(villages, found, strict=True):
        if not members:
            members.append(village.number % sizes.members)
        village.drawn(sizes, "people").shuffle(members)
    return found


def belong(
    village: Village, sizes: Sizes, community: int, channel: int, first: int, members: array[int]
) -> None:
    """Memberships with their roles, and the identities by which the importer knows the authors."""
    drawn = village.drawn(sizes, "belonging")
    start = village.until - dt.timedelta(days=3 * 365)

    def rows() -> Iterator[tuple[Any, ...]]:
        managers = min(MANAGERS, 1 + len(members) // 500)
        for place, number in enumerate(members):
            role = "lcm" if place < managers else "expert" if place % EXPERT_EVERY == managers else "member"
            new = drawn.random() < 0.02
            since = village.until - dt.timedelta(days=drawn.random() * 20) if new else start
            yield community, first + number, role, since, 1

    columns = ("community_id", "member_id", "role", "joined_at", "charter_version")
    bulk.copy_rows("communities.Membership", columns, rows())
    bulk.copy_rows(
        "channels.Identity",
        ("channel_id", "external_id", "member_id"),
        ((channel, str(number), first + number) for number in members),
    )
