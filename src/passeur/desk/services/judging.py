"""Keeping the entries of the desk: what something touched is judged again, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from passeur.communities.queries import scopes
from passeur.foundation import live

from ..cues import Cue, Ground, Subject, rules_about
from ..models import Entry
from ..queries.steps import standing
from .planning import planned, told_by

BATCH = 500
"""Subjects judged together, in one transaction."""
LOCK = 0x6465736B
"""Under which class of advisory locks the entries of a community are written ("desk")."""

Named = tuple[int, str]


def judge(subjects: Iterable[Subject], now: dt.datetime | None = None) -> int:
    """Judge these subjects again, with every rule about them; returns how many entries changed.

    May be done any number of times. Facts are read under a lock of the community, after whatever touched
    them was committed, so the last to judge has seen all.
    """
    every = sorted({*subjects}, key=lambda subject: (subject.community, subject.about, str(subject.ident)))
    changed = 0
    for start in range(0, len(every), BATCH):
        with transaction.atomic():
            changed += _judge_batch(every[start : start + BATCH], now or timezone.now())
    return changed


def _judge_batch(subjects: Sequence[Subject], now: dt.datetime) -> int:
    places = sorted({subject.community for subject in subjects})
    _hold(places)
    ground = Ground(scopes.by_id(places), now)
    cues: dict[Named, list[Cue]] = defaultdict(list)
    for about in dict.fromkeys(subject.about for subject in subjects):
        some = [subject for subject in subjects if subject.about == about]
        for rule in rules_about(about):
            for cue in rule.judge(ground, some):
                if cue.begins < cue.ends:
                    cues[cue.community.pk, cue.subject].append(cue)
    named = [(subject.community, subject.name) for subject in subjects]
    steps = standing(named)
    wanted = [entry for name in named for entry in planned(cues.get(name, []), steps.get(name), now)]
    return _write(named, wanted)


def _hold(communities: Sequence[int]) -> None:
    """Nobody else writes entries of these communities until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(%s, place) from unnest(%s::int[]) place", [LOCK, list(communities)]
        )


def _write(named: Sequence[Named], wanted: list[Entry]) -> int:
    """Make the entries of these subjects what they should be; what is right already is not written."""
    kept: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for entry in Entry.objects.filter(_of(named)):
        kept[_whole(entry)].append(entry.pk)
    new = []
    for entry in wanted:
        if same := kept.get(_whole(entry)):
            same.pop()
        else:
            new.append(entry)
    touched: set[int] = set()
    gone = [pk for pks in kept.values() for pk in pks]
    if gone:
        touched.update(Entry.objects.filter(pk__in=gone).values_list("community_id", flat=True))
        Entry.objects.filter(pk__in=gone).delete()
    if new:
        Entry.objects.bulk_create(new)
    for place in {entry.community_id for entry in new} | touched:
        live.announce("desk", place)
    return len(gone) + len(new)


def _whole(entry: Entry) -> tuple[object, ...]:
    return (entry.community_id, entry.subject, entry.begins, entry.ends, *told_by(entry))


def _of(named: Iterable[Named]) -> Q:
    """The entries of these subjects."""
    by_community: dict[int, list[str]] = defaultdict(list)
    for community, name in named:
        by_community[community].append(name)
    found = Q(pk__in=[])
    for community, names in by_community.items():
        found |= Q(community=community, subject__in=names)
    return found


def forget_ended(now: dt.datetime, *, kept: dt.timedelta) -> int:
    """Delete the entries that ended longer ago than `kept`; returns how many."""
    return Entry.objects.filter(ends__lt=now - kept).delete()[0]
