"""The first-time chooser: themes of the person's communities, so that the feed has something to go by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from passeur.conversations.queries import lists
from passeur.skills import queries as skills

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.skills.models import Theme

FIRST, AT_LEAST = 12, 3
"""Themes that are offered at once, of all communities together, and of each at least."""
MOST = 24
"""Themes that are offered of a community, the others behind the first: more is a list nobody reads."""
LATEST, READ = 300, 500
"""Conversations that say what is spoken of; themes that are looked at besides, the first by name."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The themes of one community to choose from: at once, and behind them."""

    community: Community
    themes: list[Theme]
    others: list[Theme]


def offers(member: Member, communities: Collection[int]) -> list[Offer]:
    """The most spoken of first, then the broadest; communities without themes are left out. Three queries."""
    own = skills.own_themes(member).filter(community__in=communities)
    spoken_of = lists.spoken_of(member, communities, latest=LATEST)
    some = {theme.pk: theme for theme in (*own.filter(pk__in=spoken_of), *own[:READ])}
    grouped: defaultdict[int, list[Theme]] = defaultdict(list)
    for theme in sorted(
        some.values(), key=lambda theme: (-spoken_of.get(theme.pk, 0), theme.depth, theme.folded)
    ):
        grouped[theme.community_id].append(theme)
    each = max(AT_LEAST, FIRST // max(1, len(grouped)))
    found = [
        Offer(themes[0].community, themes[:each], sorted(themes[each:MOST], key=lambda theme: theme.folded))
        for themes in grouped.values()
    ]
    return sorted(found, key=lambda offer: offer.community.name)
