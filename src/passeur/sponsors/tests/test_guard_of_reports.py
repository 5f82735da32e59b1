"""Sponsors lay the reports of three months side by side, as they were mailed: they find nobody.

Tried: the mails of three months to the sponsors of two communities with half of their members in common,
read as they leave: how many asked, and how many more or fewer than before; of how many of these something
came; and shares of before, as far as points of difference say them. Between the second and the third report
somebody is erased, comes to animate the community, a question is taken away, or one comes in late. Unknown
is how many questions there are of each week, of those that stay and of those that changed, resolved and
not; or, by the curve that the mail says, replied to within half a day and not. Linear programming says which
numbers only one value fits; none may be of what fewer than five people asked: not of a week, nor what
changed. Who changed is told elsewhere (the mail says who animates), so how many questions of the month
before are gone would say how much that one had asked.

That two sponsors know each other adds nothing: no figure is of both communities. The goal of those who
asked last, which had not passed when the first report left, is tried as the difference of two of its
figures.

Reports of one month that leave on different days are read in `test_guard_of_two_sponsors`, the file of the
paper in `test_guard_of_paper`, the median of who waits in `test_guard_of_medians`.

Not tried: how much was written, which the adversary of `engagement` knows of each day; who took part, which
is written down once for a block, and each block is in one month.
"""

from __future__ import annotations

import pytest
from django.utils import timezone

from passeur.engagement.services import remake_marked
from passeur.foundation import printing

from ..models import Told
from .readers import (
    BEFORE,
    HAPPENS,
    SINCE,
    Sponsor,
    count,
    is_erased,
    is_taken_away,
    mailed,
    out_of,
    weeks_of,
)
from .years import LEAVES, MONTHS, places

pytestmark = pytest.mark.django_db

WEEK = 6
"""Of the second month: something happens to what was asked in it before the third report leaves."""


def attack(seed, happens, run_jobs, monkeypatch, mailoutbox, *, is_kept=True, by_curve=False):
    """What the mails of three months tell; with `is_kept`, no weeks that were told are counted again."""
    monkeypatch.setattr(printing, "pdf", lambda paper: b"")  # the paper says the same (`test_guard_of_paper`)
    both = places(seed)
    monkeypatch.setattr(timezone, "now", lambda: LEAVES[0])

    def mail(place, number):
        if not is_kept:
            Told.objects.all().delete()
        return mailed(place.sponsor, MONTHS[number], LEAVES[number], monkeypatch, mailoutbox)

    reports = [[mail(place, number) for number in range(2)] for place in both]
    changed = [happens(both[0], WEEK, run_jobs), (set(), set())]
    remake_marked()
    found = []
    for place, made, (gone, late) in zip(both, reports, changed, strict=True):
        made.append(mail(place, 2))
        sponsor = Sponsor(place, gone, late, by_curve=by_curve)
        for number, report in enumerate(made):
            before = (weeks_of(MONTHS[number - 1]), BEFORE) if number and is_kept else None
            there = BEFORE if number < 2 else SINCE
            sponsor.read(report, MONTHS[number], LEAVES[number], there, before=before)
        found += sponsor.found()
    return found, [made[0] for made in reports]


@pytest.mark.parametrize("by_curve", [False, True])
@pytest.mark.parametrize("happens", HAPPENS)
def test_nobody_is_singled_out(happens, by_curve, run_jobs, monkeypatch, mailoutbox):
    found, first = attack(1, happens, run_jobs, monkeypatch, mailoutbox, by_curve=by_curve)
    assert found == []
    for report in first:  # the last week, of which not all can be judged yet, is in the goal or is not
        assert out_of(report["Dans l’objectif"][0])[1] <= count(report["Questions posées"][0]) - 10


@pytest.mark.walk
@pytest.mark.parametrize("happens", [is_erased, is_taken_away])
def test_where_months_are_counted_again_what_changed_is_told(happens, run_jobs, monkeypatch, mailoutbox):
    found, _first = attack(1, happens, run_jobs, monkeypatch, mailoutbox, is_kept=False)
    assert found
