"""Whom to propose, given how much each person already carries; who waits when nobody has room."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Obstacle(StrEnum):
    """Why a good candidate is not proposed now."""

    PAUSED = "paused"
    ALREADY_ASKED = "already_asked"
    FULL = "full"
    WEEK_FULL = "week_full"


@dataclass(frozen=True, slots=True)
class Availability:
    """What one person carries and accepts to carry. `None` for a cap means none was set.

    `open_work`: referrals proposed or accepted and not yet closed. `this_week`: proposals made in the
    person's current week, whatever became of them.
    """

    paused: bool = False
    open_work: int = 0
    open_cap: int | None = 3
    this_week: int = 0
    weekly_cap: int | None = 3

    @property
    def obstacle(self) -> Obstacle | None:
        """What stands against one more proposal, if anything."""
        if self.paused:
            return Obstacle.PAUSED
        if self.open_cap is not None and self.open_work >= self.open_cap:
            return Obstacle.FULL
        if self.weekly_cap is not None and self.this_week >= self.weekly_cap:
            return Obstacle.WEEK_FULL
        return None

    @property
    def room(self) -> int | None:
        """How many more proposals fit this week, ≥ 0; `None` where no cap was set."""
        if self.paused:
            return 0
        left = [
            cap - used
            for cap, used in ((self.open_cap, self.open_work), (self.weekly_cap, self.this_week))
            if cap is not None
        ]
        return max(0, min(left)) if left else None

    def with_one_more(self) -> Availability:
        """As it stands once one more question has been proposed."""
        return replace(self, open_work=self.open_work + 1, this_week=self.this_week + 1)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A person to ask; `room`: what they can take this week, this one included, `None` without a cap."""

    person: int
    room: int | None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A better-ranked person who is not asked, and why."""

    person: int
    obstacle: Obstacle


@dataclass(frozen=True, slots=True)
class Proposal:
    """Whom to ask for one question, and who was passed over on the way to them."""

    chosen: tuple[Chosen, ...]
    passed_over: tuple[PassedOver, ...]

    @property
    def waits(self) -> bool:
        """Nobody can be asked now: the question stays in the queue until room appears."""
        return not self.chosen


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question in the queue: waiting since then (UNIX s), its candidates best first, whom it went to."""

    question: int
    since: float
    ranked: tuple[int, ...]
    already_asked: frozenset[int] = frozenset()
    wanted: int = 1


def propose(
    ranked: Sequence[int],
    availability: Mapping[int, Availability],
    *,
    wanted: int = 1,
    already_asked: Collection[int] = (),
) -> Proposal:
    """The first `wanted` people of `ranked` who can be asked; nobody beyond their caps, ever.

    A person who is not in `availability` has the default caps and carries nothing.
    """
    chosen: list[Chosen] = []
    passed_over: list[PassedOver] = []
    for person in ranked:
        if len(chosen) == wanted:
            break
        carries = availability.get(person, Availability())
        obstacle = Obstacle.ALREADY_ASKED if person in already_asked else carries.obstacle
        if obstacle is None:
            chosen.append(Chosen(person, carries.room))
        else:
            passed_over.append(PassedOver(person, obstacle))
    return Proposal(tuple(chosen), tuple(passed_over))


def serve_queue(
    waiting: Sequence[Waiting], availability: Mapping[int, Availability]
) -> list[tuple[Waiting, Proposal]]:
    """Proposals for every waiting question, oldest first, each counting in the load of those it chose."""
    carried = dict(availability)
    served = []
    for question in sorted(waiting, key=lambda w: (w.since, w.question)):
        proposal = propose(
            question.ranked, carried, wanted=question.wanted, already_asked=question.already_asked
        )
        for chosen in proposal.chosen:
            carried[chosen.person] = carried.get(chosen.person, Availability()).with_one_more()
        served.append((question, proposal))
    return served
