"""The first-time chooser: themes of the person's communities, so that the feed has something to go by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from passeur.skills import queries as skills

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.skills.models import Theme

MOST = 24
"""Themes that are offered of a community: more is a list nobody reads."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The themes of one community to choose from."""

    community: Community
    themes: list[Theme]


def offers(member: Member, communities: Collection[int]) -> list[Offer]:
    """The broadest themes first, by name; communities without themes are left out. One query."""
    rows = skills.own_themes(member).filter(community__in=communities)
    grouped: defaultdict[int, list[Theme]] = defaultdict(list)
    for theme in sorted(rows[:500], key=lambda theme: (theme.depth, theme.folded)):
        grouped[theme.community_id].append(theme)
    found = [Offer(themes[0].community, themes[:MOST]) for themes in grouped.values()]
    return sorted(found, key=lambda offer: offer.community.name)
