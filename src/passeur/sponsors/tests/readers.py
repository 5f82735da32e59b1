"""Somebody who keeps the mails that sponsors get, and works out what few people asked."""

from __future__ import annotations

import html
import re
from itertools import product

from django.utils import timezone

from passeur.accounts.services import erase
from passeur.communities.choices import Role
from passeur.communities.services import change_role
from passeur.dashboards.queries.replies import HOURS
from passeur.engagement.services import deciding
from passeur.foundation.tests.adversary import Adversary, Unknown

from .. import queries, services
from .factories import EditionFactory
from .years import DAY, FIRST, WEEK, replied_after

BEFORE, SINCE = ("same", "gone"), ("same", "late")
"""What stands there before something happens, and since."""


CURVE = "Combien attendent encore"


def mailed(sponsor, month, at, monkeypatch, mailoutbox):
    """The report of a month, by the name of its figures: value, what stands below, and the difference."""
    monkeypatch.setattr(timezone, "now", lambda: at)
    deciding.decide()
    services.send(EditionFactory.create(sponsor=sponsor, month=month).pk)
    words = html.unescape(mailoutbox[-1].alternatives[0][0]).replace("\xa0", " ").replace("\u202f", " ")
    rows = re.findall(r"<tr[^>]*><th[^>]*>(.*?)</th><td>(.*?)</td><td>(.*?)</td></tr>", words, re.DOTALL)
    (curve,) = re.findall(r"<p>(Part des questions encore sans réponse.*?)</p>", words, re.DOTALL)
    return {
        **{name: [re.sub("<[^>]+>", " ", one) for one in cells] for name, *cells in rows},
        CURVE: [re.sub("<[^>]+>", " ", curve)],
    }


def count(words):
    """« 52 » or « −3 : pas d’écart net »."""
    found = re.match(r"\s*([+−]?)\s*(\d+)", words)
    return None if found is None else int(found[2]) * (-1 if found[1] == "−" else 1)


def out_of(words):
    found = re.search(r"(\d+) sur (\d+)", words)
    return None if found is None else (int(found[1]), int(found[2]))


def is_erased(place, week, run_jobs):
    who = _asker(place, week)
    erase(member=place.members[who], by=place.members[who])
    run_jobs()
    return _by(place, who), set()


def animates(place, week, run_jobs):
    who = _asker(place, week)
    change_role(community=place.community, member=place.members[who], role=Role.LCM, by=place.manager)
    run_jobs()
    return _by(place, who), set()


def is_taken_away(place, week, run_jobs):
    gone = next(number for number, (on, *_) in place.asked.items() if on == week)
    place.tell([], gone=[gone])
    return {gone}, set()


def comes_late(place, week, run_jobs):
    late = max(place.asked) + 1
    place.asked[late] = (week, next(iter(place.members)), True)
    place.tell([late])
    return set(), {late}


HAPPENS = [is_erased, animates, is_taken_away, comes_late]
"""Each tells which questions are gone since, and which came."""


def _asker(place, week):
    return next(who for on, who, _ in place.asked.values() if on == week)


def _by(place, who):
    return {number for number, (_week, one, _) in place.asked.items() if one == who}


def weeks_of(month):
    """By their number in the year of `years`."""
    period = queries.period_of(month)
    start = (period.first - FIRST).days // 7
    return range(start, start + period.weeks)


def is_soon(number):
    hours = replied_after(number)
    return hours is not None and hours <= HOURS[0]


class Sponsor:
    """Somebody who knows of each week which of its questions stay, which are gone and which came.

    What they look for beside how many there are: how many are resolved, or, `by_curve`, replied to within
    half a day.
    """

    def __init__(self, place, gone, late, *, by_curve=False):
        self.adversary, self.by_curve = Adversary(), by_curve
        kinds = {
            number: "gone" if number in gone else "late" if number in late else "same"
            for number in place.asked
        }
        self.sets: dict[Unknown, list[int]] = {}
        for number, (week, who, is_resolved) in place.asked.items():
            came = is_soon(number) if by_curve else is_resolved
            self.sets.setdefault((week, kinds[number], came), []).append(who)
        for week, kind, came in product(range(13), ("same", "gone", "late"), (True, False)):
            if any((week, kind, one) in self.sets for one in (True, False)):
                self.adversary.meet((week, kind, came), 1000)

    def parts(self, weeks, there, *, came=None):
        """What stood there when the figures of these weeks were counted."""
        return [
            part
            for part in self.adversary.sizes
            if part[0] in weeks and part[1] in there and came in (None, part[2])
        ]

    def read(self, report, month, on, there, *, before=None):
        """A report whose figures were counted `on` a day, when this was `there`.

        `before`: the weeks that it is compared with, and what was there when these were counted; without, as
        many weeks before, counted at the same time.
        """
        weeks = weeks_of(month)
        asked, more = (count(one) for one in report["Questions posées"])
        self.adversary.read(self.parts(weeks, there), asked)
        if self.by_curve:
            self.read_curve(report, weeks, there, on)
        else:
            resolved = out_of(report["Questions résolues"][0])
            assert resolved == (resolved[0], asked)
            self.adversary.read(self.parts(weeks, there, came=True), resolved[0])
        if more is None:
            return
        past, kind = before or (range(min(weeks) - len(weeks), min(weeks)), there)
        scale = len(past) / len(weeks)
        middle, slack = (asked - more) * scale, 0.5 * scale if scale != 1 else 0
        self.between(self.parts(past, kind), middle - slack, middle + slack)
        points = count(report["Questions résolues"][1])
        if scale == 1 and points is not None and not self.by_curve:
            share = 100 * resolved[0] / asked - points
            bounds = [(share + half) / 100 * middle for half in (-0.5, 0.5)]
            self.between(self.parts(past, kind, came=True), *bounds)

    def read_curve(self, report, weeks, there, on):
        """Of how many it is, and after half a day: of the weeks that were over for three days."""
        (words,) = report[CURVE]
        over = [week for week in weeks if FIRST + (week + 1) * WEEK + 3 * DAY <= on.date()]
        (waits,) = map(int, re.findall(rf"sur \d+ : après {HOURS[0]} h, (\d+) %", words))
        (asked,) = map(int, re.findall(r"sans réponse, sur (\d+) :", words))
        self.adversary.read(self.parts(over, there), asked)
        bounds = [(waits + half) / 100 * asked for half in (-0.5, 0.5)]
        self.between(self.parts(over, there, came=False), *bounds)

    def between(self, parts, least, most):
        if parts and least == most:
            self.adversary.read(parts, least)
        elif parts:
            self.adversary.between(parts, least - 1e-6, most + 1e-6)

    def found(self):
        """The sets of questions of few people of which it is certain how many there are."""
        for sets in (*((week,) for week in range(13)), range(5), range(5, 9), range(9, 13), range(13)):
            for kind, came in product(("same", "gone", "late"), (None, True, False)):
                parts = [
                    part
                    for part in self.adversary.sizes
                    if part[0] in sets and part[1] == kind and came in (None, part[2])
                ]
                people = [who for part in parts for who in self.sets.get(part, ())]
                if 0 < len(set(people)) < 5 and self.adversary.is_certain(parts, len(people)):
                    yield tuple(sets), kind, came
