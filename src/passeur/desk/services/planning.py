"""From all that rules say of one subject, and the gesture that stands on it, to its lines over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ..choices import Outcome
from ..cues import Cue
from ..cues.cue import NEVER
from ..models import Entry
from ..queries.steps import keeps_away

if TYPE_CHECKING:
    from ..models import Step

GRACE = dt.timedelta(days=2)
"""How long an entry that ended stays: so far the clock may be set back, and the desk is right at once."""


def planned(cues: Sequence[Cue], step: Step | None, now: dt.datetime) -> list[Entry]:
    """The entries of one subject: between two edges nothing changes, and the heaviest cue speaks.

    What ended long before `now` is left out.
    """
    edges = {edge for cue in cues for edge in (cue.begins, cue.ends)}
    if step is not None:
        edges.add(step.until)
    entries: list[Entry] = []
    for begins, ends in pairwise(sorted(edges)):
        there = [cue for cue in cues if cue.begins <= begins < cue.ends]
        resting = [cue for cue in there if step is not None and begins < step.until and keeps_away(step, cue)]
        shown = [cue for cue in there if cue not in resting]
        if shown:
            entries.append(_entry(_heaviest(shown), begins, ends, None))
        if resting and step is not None and step.outcome != Outcome.DONE:
            entries.append(_entry(_heaviest(resting), begins, ends, step))
    return [entry for entry in _joined(entries) if entry.ends > now - GRACE]


def _heaviest(cues: Iterable[Cue]) -> Cue:
    return min(cues, key=lambda cue: (*cue.rank, cue.key))


def _entry(cue: Cue, begins: dt.datetime, ends: dt.datetime, step: Step | None) -> Entry:
    waits = [] if cue.waiting is None else [cue.waiting]
    return Entry(
        community_id=cue.community.pk,
        subject=cue.subject,
        rule=cue.rule.name,
        key=cue.key,
        horizon=cue.horizon,
        weight=cue.weight,
        moment=cue.rank[1],
        strength=cue.strength if cue.rule.most else 0,
        since=cue.since,
        begins=begins,
        ends=min(ends, NEVER),
        waiting=cue.waiting,
        people=sorted({*waits, *cue.people}),
        step=step,
    )


SAME = ("rule", "key", "horizon", "weight", "moment", "strength", "since", "waiting", "step_id")
"""What an entry says, apart from when."""


def told_by(entry: Entry) -> tuple[object, ...]:
    """What it says, to be compared."""
    return (*(getattr(entry, name) for name in SAME), tuple(entry.people))


def _joined(entries: list[Entry]) -> list[Entry]:
    """Two that say the same, one right after the other, are one."""
    kept: list[Entry] = []
    for entry in entries:
        before = next(
            (one for one in reversed(kept) if one.ends == entry.begins and told_by(one) == told_by(entry)),
            None,
        )
        if before is None:
            kept.append(entry)
        else:
            before.ends = entry.ends
    return kept
