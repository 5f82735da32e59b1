"""What somebody who tries Passeur sees in its dashboards on the first day, whatever day that is."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from passeur.conversations.services import lasting, telling
from passeur.engagement.services import deciding, networks, responding, rolling
from passeur.integrations import demo
from passeur.integrations.tests.models import Community, Member

pytestmark = pytest.mark.django_db

# Of two parts of four weeks and of half a year that dashboards count by, and of the week.
DAYS = (
    dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC),
    dt.datetime(2027, 7, 11, 20, tzinfo=dt.UTC),
)


@pytest.fixture(params=DAYS, ids=lambda day: f"{day:%a-%d-%b}")
def board(request, client, monkeypatch):
    """A page of figures as the LCM opens it, at its default period."""
    monkeypatch.setattr(timezone, "now", lambda: request.param)
    demo.load()
    # What the worker does in its first minutes.
    for community in Community.objects.all():
        telling.tell_community(community.pk)
    lasting.tell_untold()
    responding.remake_marked()
    rolling.advance_all()
    deciding.decide()
    networks.remember()
    client.force_login(Member.objects.get(email=demo.sign_ins()[0].email))

    def shown(page, community=""):
        with translation.override("fr"):
            return client.get(f"/dashboards/{page}/", {"community": community}).context["board"]

    return shown


def rows(board, key):
    return next((chart.rows for chart in board.charts if chart.key == key), ())


def test_a_newcomer_sees_full_pages_on_any_day(board):
    lively = "donnees-au-quotidien"
    assert len(rows(board("themes", lively), "themes")) >= 6
    assert len(rows(board("themes"), "formats")) == 3
    assert len(rows(board("network"), "equipes")) >= 7
    ties = {tile.key: tile for tile in board("network").tiles}
    assert not any(ties[key].is_withheld for key in ("ties", "closeness", "half"))
    met = next(tile for tile in board("content", lively).tiles if tile.key == "met")
    assert met.value is not None
    replies = board("response")
    assert not next(tile for tile in replies.tiles if tile.key == "newcomers").is_withheld
    weeks = next(chart for chart in replies.charts if chart.key == "questions")
    assert sum(point.value is not None for point in weeks.series[0].points) >= 11
    for place in ("", lively):
        works = board("what-works", place)
        assert len(works.ideas) == 3, place
    # Who tells more of it reaches more people: of all communities together that is enough to stand out.
    assert "mots au plus touchent moins de personnes" in board("what-works").sentence.replace("\xa0", " ")
