"""All entries of a community at once: when a desk is opened first, after a bulk load, and to repair."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.utils import timezone

from passeur.conversations.queries import needs

from ..cues import Subject, rules
from ..models import BEGUN, Entry, Filling
from .judging import BATCH, judge

if TYPE_CHECKING:
    from passeur.communities.models import Community

Progress = Callable[[int, int], None]
FEW = BATCH
"""So many subjects are judged while somebody waits for the page."""
MANY = 2_000
"""Conversations of a community whose candidates are not looked for while somebody waits."""


def fill(
    community: Community, *, now: dt.datetime | None = None, progress: Progress = lambda done, total: None
) -> int:
    """Judge every subject that could have a cue there, or has an entry; returns how many there were."""
    _begin(community)
    return _fill(community, _all_of(community, now or timezone.now()), now, progress)


def fill_if_few(community: Community) -> bool:
    """Fill it now if that is quick; says whether it is filled. Looking for candidates costs by the community,
    so one with many conversations is left to the job before anything is looked for.
    """
    if needs.has_more_than(MANY, community):
        return False
    _begin(community)
    subjects = _all_of(community, timezone.now())
    if len(subjects) > FEW:
        return False
    _fill(community, subjects, None, lambda done, total: None)
    return True


def fill_again(community: int) -> None:
    """So much came at once that judging all is cheaper than judging each piece: the next job fills it."""
    Filling.objects.filter(community=community).delete()


def _fill(community: Community, subjects: list[Subject], now: dt.datetime | None, progress: Progress) -> int:
    for start in range(0, len(subjects), BATCH):
        progress(start, len(subjects))
        judge(subjects[start : start + BATCH], now)
    progress(len(subjects), len(subjects))
    # What `fill_again` took away meanwhile stays away: what came then is judged by the next filling.
    Filling.objects.filter(community=community).update(filled_at=timezone.now())
    return len(subjects)


def _begin(community: Community) -> None:
    """Before anything is looked for, so that what comes from now on is not taken for filled."""
    Filling.objects.get_or_create(community=community, defaults={"filled_at": BEGUN})


def _all_of(community: Community, now: dt.datetime) -> list[Subject]:
    found = set(_with_entries(community))
    for rule in rules():
        found.update(Subject(community.pk, rule.about, ident) for ident in rule.candidates(community, now))
    return sorted(found, key=lambda subject: (subject.about, str(subject.ident)))


def _with_entries(community: Community) -> Iterable[Subject]:
    names = Entry.objects.filter(community=community).order_by().values_list("subject", flat=True).distinct()
    return (Subject.named(community.pk, name) for name in names)
