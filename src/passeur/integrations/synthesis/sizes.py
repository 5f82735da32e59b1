"""How much to make, and how it is shared out between communities: few are large, most are small."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .lexicon import LANGUAGES, Lexicon, Trade

PRIVATE_EVERY = 4
"""One community in so many lets people in by invitation only."""
ENGLISH_EVERY = 4
"""One in so many speaks English."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """What is asked for. The same sizes, seed and day give the same rows."""

    members: int
    conversations: int
    contributions: int
    seed: int

    @property
    def address(self) -> str:
        """What names this synthesis for good."""
        return f"{self.members}-{self.conversations}-{self.contributions}-{self.seed}"


@dataclass(frozen=True, slots=True)
class Village:
    """One community to make: its trade, its language, and its share of everything."""

    number: int
    name: str
    slug: str
    lexicon: Lexicon
    trade: Trade
    is_private: bool
    conversations: int
    contributions: int
    until: dt.datetime
    """The last moment of the story, at midnight UTC."""

    def drawn(self, sizes: Sizes, what: str) -> random.Random:
        """A source of chance of its own for each purpose, so that none depends on another."""
        return random.Random(f"{sizes.seed}/{self.number}/{what}")  # noqa: S311 - a story, not a secret


def villages(sizes: Sizes, until: dt.datetime) -> list[Village]:
    """The communities, the largest first; their conversations and contributions add up to what was asked."""
    count = max(1, min(60, round(sizes.members**0.5 / 8)))
    weights = [1 / (number + 1) for number in range(count)]
    conversations = shared_out(sizes.conversations, weights)
    contributions = shared_out(sizes.contributions, weights)
    made = []
    for number in range(count):
        lexicon = LANGUAGES["en" if number % ENGLISH_EVERY == ENGLISH_EVERY - 1 else "fr"]
        trade = lexicon.trades[number % len(lexicon.trades)]
        site = lexicon.sites[(number // len(lexicon.trades)) % len(lexicon.sites)]
        made.append(
            Village(
                number=number,
                name=f"{trade.name} · {site}",
                slug=f"synthese-{sizes.seed}-{number + 1}",
                lexicon=lexicon,
                trade=trade,
                is_private=number % PRIVATE_EVERY == PRIVATE_EVERY - 2,
                conversations=conversations[number],
                contributions=max(contributions[number], conversations[number]),
                until=until,
            )
        )
    return made


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers that add up to `total`, as near to the weights as whole numbers can be."""
    return list(steps(total, weights))


def steps(total: int, weights: Sequence[float]) -> Iterator[int]:
    """The same, one by one: each takes what the rounded running sum has grown by."""
    whole = sum(weights)
    running, before = 0.0, 0
    for weight in weights:
        running += weight
        now = min(total, round(total * running / whole))
        yield now - before
        before = now


def memberships(sizes: Sizes, count: int) -> Iterator[tuple[int, ...]]:
    """For each member, the numbers of the communities they belong to: one for most, some in two or three."""
    drawn = random.Random(f"{sizes.seed}/memberships")  # noqa: S311
    for _member in range(sizes.members):
        homes = {int(count ** drawn.random()) - 1}
        for chance in (0.35, 0.15, 0.05):
            if drawn.random() < chance:
                homes.add(int(count ** drawn.random()) - 1)
        yield tuple(sorted(homes))
