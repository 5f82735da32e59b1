"""The paper of a report is read as its file stands: it says what the mail says, and draws nothing else.

Read are its text, the words for who does not see the picture, and each path of its content stream. Numbers
that neither the mail nor a definition says may be on it nowhere, and what is drawn can be drawn from what is
said: of each half day, how many questions of how many still wait, to the whole percent.

Tried: of one question to which nobody replied, when it was asked and when it was closed. The curve on the
page of *Replies*, which managers read beside the list, tells that by its steps; a report must not change.
"""

from __future__ import annotations

import datetime as dt
import html
import io
import re
from typing import NamedTuple

import pypdf
import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation

from passeur.algorithms.measures.estimates import Share
from passeur.dashboards.protocols import Slice
from passeur.dashboards.queries import response
from passeur.dashboards.queries.replies import HOURS
from passeur.engagement.services import Told, deciding, follow_exchanges, remake_marked
from passeur.foundation import printing
from passeur.foundation.charts import Lines
from passeur.foundation.charts.drawing import HEIGHT, WIDTH

from .. import queries
from .stories import last_month, story
from .years import DAY, FIRST, LEAVES, MONTHS, WEEK, places

pytestmark = pytest.mark.django_db

CURVE = "0.039215688 0.3764706 0.45490196 SCN 2 w"
"""How the line of this period is drawn, and the mark of its name."""
BEFORE = "0.49019608 0.5254902 0.5372549 SCN 2 w"
TUESDAY, SUNDAY = FIRST + WEEK + DAY, FIRST + 5 * WEEK - DAY
"""Of the second week of May, and the day before its report leaves."""


@pytest.fixture(autouse=True)
def _in_french():
    with translation.override("fr"):
        yield


class Read(NamedTuple):
    """What a file holds: `text` of all pages, `told` to who does not see, and the page of the `picture`."""

    text: str
    told: str
    picture: str


def read(report):
    pages = pypdf.PdfReader(io.BytesIO(printing.pdf(queries.paper(report)))).pages
    streams = ["\n".join(drawn_on(page)) for page in pages]
    (told,) = (words for stream in streams for words in re.findall(r"/Alt<FEFF([0-9A-F]+)>", stream))
    (picture,) = (stream for stream in streams if "/Alt<" in stream)
    text = " ".join(page.extract_text() for page in pages)
    return Read(plain(text), plain(bytes.fromhex(told).decode("utf-16-be")), picture)


def drawn_on(page):
    """The content of a page, and that of the forms it is made of (what is seen through is one)."""
    content = page if hasattr(page, "get_data") else page.get_contents()
    yield content.get_data().decode("latin-1")
    for form in page["/Resources"].get("/XObject", {}).values():
        yield from drawn_on(form.get_object())


def plain(words):
    return re.sub(r"\s+", " ", html.unescape(words).replace("\xa0", " ").replace("\u202f", " "))


def mailed(report):
    return plain(render_to_string("sponsors/mail/_report.html", {"report": report}))


def line(picture, style):
    """The places of a line: (across, up) in [0, 1]."""
    _mark, drawn = re.findall(rf"{re.escape(style)} [^\n]*?((?:[\d.]+ [\d.]+ [ml] ?)+)\nS", picture)
    return places_of(drawn)


def places_of(path):
    found = [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+) [ml]", path)]
    return [(round(x / WIDTH, 6), round(1 - y / HEIGHT, 6)) for x, y in found]


def waits_in(words):
    """« après 12 h, 61 % »: shares by their hour."""
    return {int(hour): int(share) / 100 for hour, share in re.findall(r"après (\d+) h, (\d+) %", words)}


def test_paper_says_no_number_that_the_mail_or_a_definition_does_not():
    report = queries.report(*may())
    paper, mail = read(report), mailed(report)
    fixed = " ".join(tile.definition for tile in report.tiles)
    axes = "0 h 12 h 24 h 36 h 48 h 60 h 72 h 0 % 25 % 50 % 75 % 100 %"
    around = f"{report.community.name} {fixed} {axes} Intervalle à 95 % 1 / 2 2 / 2"
    numbers = set(re.findall(r"\d+", paper.text)) - set(re.findall(r"\d+", around))
    assert numbers
    assert numbers <= set(re.findall(r"\d+", mail))
    assert paper.told in mail
    asked = re.findall(r"Sur (\d+) questions", paper.text)
    assert asked == re.findall(r"sans réponse, sur (\d+) :", mail)


def test_what_is_drawn_is_what_is_said():
    community, manager = story(people=14, hours=5, hours_before=30)
    paper = read(queries.report(community, last_month(), manager))
    now, before = paper.told.split("Période d’avant")
    for words, style in ((now, CURVE), (before, BEFORE)):
        drawn, said = line(paper.picture, style), waits_in(words)
        assert [across for across, _up in drawn] == pytest.approx(
            [hour / 72 for hour in (0, *HOURS)], abs=1e-3
        )
        assert [up for _across, up in drawn] == pytest.approx([1, *(said[hour] for hour in HOURS)], abs=1e-3)
    assert len(re.findall(r"\nS\n", paper.picture)) == 9  # two lines, their marks, and five rules


def test_what_is_drawn_around_the_curve_follows_from_what_is_said():
    paper = read(queries.report(*may()))
    (asked,) = map(int, re.findall(r"Sur (\d+) questions", paper.text))
    _mark, band = re.findall(r"scn ((?:[\d.]+ [\d.]+ [ml] ?)+)\nh\nf", paper.picture)
    bounds = [Share(round(share * asked), asked).interval() for share in waits_in(paper.told).values()]
    highs, lows = [1, *(one.high for one in bounds)], [1, *(one.low for one in bounds)]
    drawn = [up for _across, up in places_of(band)]
    assert drawn == pytest.approx([round(edge, 2) for edge in (*highs, *reversed(lows))], abs=1e-3)


def may():
    """A community, and its month, of which a quarter of the questions wait."""
    place = places(1)[0]
    return place.community, MONTHS[0], place.manager


def at(day, hour):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


@pytest.mark.parametrize(
    "ways",
    [
        [(at(SUNDAY, 8), None), (at(SUNDAY, 14), None), (at(SUNDAY, 8), 3), (at(SUNDAY, 8), 12)],
        [(at(TUESDAY, 10), 2), (at(TUESDAY, 10), 10), (at(TUESDAY, 10), 20)],
    ],
)
def test_of_one_question_without_reply_it_is_not_told_when_it_was_asked_or_closed(ways, monkeypatch):
    community, month, manager = may()
    monkeypatch.setattr(timezone, "now", lambda: LEAVES[0])
    deciding.decide()
    asker = community.memberships.exclude(member=manager).first().member_id
    said, shown = [], []
    for asked_at, closed_after in ways:
        closed_at = None if closed_after is None else asked_at + dt.timedelta(hours=closed_after)
        one = Told(
            10**6, community.pk, "question", asks=True, asked_at=asked_at, state="waiting", is_resolved=False,
            asker=asker, due_at=asked_at + 4 * DAY, closed_at=closed_at,
        )  # fmt: skip
        follow_exchanges([one])
        remake_marked()
        report = queries.report(community, month, manager)
        said.append((mailed(report), read(report)))
        curve = response.board(Slice(manager, (community,), report.period, smallest=10)).charts[0]
        assert isinstance(curve, Lines)
        shown.append(curve.drawn[-1].path)
    assert all(one == said[0] for one in said)
    assert len(set(shown)) == len(ways)
