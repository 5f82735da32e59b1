"""One team against the period before, on every page: what is told of it, and what is not."""

import datetime as dt

import pytest
from django.urls import reverse

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import MembershipFactory
from passeur.conversations.tests.told import together
from passeur.engagement.queries.slices import block_of
from passeur.engagement.tests.factories import TeamRepliesFactory, team
from passeur.foundation.charts import Whisks
from passeur.skills.tests.factories import ThemeFactory

from ..protocols import Slice, pages
from ..queries import content, network, pulse, response, themes, working
from .stories import asked, last_weeks, place

pytestmark = pytest.mark.django_db
PERIOD = last_weeks(16)
DAY = dt.timedelta(days=1)


def tile(board, key):
    return next(one for one in board.tiles if one.key == key)


@pytest.fixture
def story():
    """In the newest block, six of Nord ask and get their reply, six of Sud and two of Est get none."""
    community, manager, _members = place(0)
    begun = block_of(block_of(PERIOD.last + DAY) - DAY)
    for name, size, hours in (("Nord", 6, 1), ("Sud", 6, None), ("Est", 2, None), ("", 3, 1)):
        members = [MemberFactory.create(team=name) for _ in range(size)]
        if name:
            team(community.pk, name, [member.pk for member in members], begun)
        with together():
            for member in members:
                MembershipFactory.create(community=community, member=member)
                at = dt.datetime.combine(begun + DAY, dt.time(10), dt.UTC)
                asked(community, member, at, replied_after=hours)
    return Slice(manager, (community,), PERIOD, team="Nord")


def of(part, name):
    return Slice(part.member, part.communities, part.period, team=name)


def test_what_became_of_the_questions_of_a_team(story):
    board = response.board(story)
    assert tile(board, "asked").value == 6
    assert tile(board, "within-goal").value == 1
    assert tile(response.board(of(story, "Sud")), "unanswered").value == 1
    assert "newcomers" not in {one.key for one in board.tiles}


@pytest.mark.parametrize("page", [response, themes, content])
def test_of_a_team_of_fewer_than_five_nothing_is_told(story, page):
    board = page.board(of(story, "Est"))
    assert {one.is_withheld for one in board.tiles} == {True}
    assert board.charts == ()


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.slug)
def test_no_list_stands_behind_a_figure_of_a_team(client, story, page):
    client.force_login(story.member)
    address = reverse("dashboards:page", args=[page.slug])
    shown = client.get(address, {"team": "Nord", "period": "26"})
    assert shown.status_code == 200
    assert f"/dashboards/{page.slug}/list/" not in shown.content.decode()
    listed = reverse("dashboards:list", args=[page.slug, "asked"])
    assert client.get(listed, {"team": "Nord", "period": "26"}).status_code == 404


def test_pages_of_a_team_tell_of_nothing_that_is_only_made_of_the_whole(story):
    assert [one.key for one in pulse.board(story).tiles] == ["participation", "first-reply", "within-goal"]
    assert [one.key for one in themes.board(story).tiles] == ["started", "replied"]
    assert [one.key for one in content.board(story).tiles] == ["helped", "unmet"]
    assert working.board(story).charts == ()
    assert network.board(story).is_empty


def test_a_small_team_and_one_that_is_not_there_are_refused_alike(client, story):
    client.force_login(story.member)
    address = reverse("dashboards:page", args=["response"])
    for name in ("Est", "Ouest"):
        shown = client.get(address, {"team": name})
        assert shown.status_code == 422
        assert "trop peu de membres" in shown.content.decode()


def test_files_say_of_which_team_they_are(client, story):
    client.force_login(story.member)
    address = reverse("dashboards:file", args=["response", "csv"])
    told = client.get(address, {"team": "Nord", "period": "26"})
    assert "Équipe" in b"".join(told).decode()


def test_a_theme_and_a_team_together_have_no_figure(client, story):
    theme = ThemeFactory.create(community=story.communities[0])
    client.force_login(story.member)
    shown = client.get(reverse("dashboards:page", args=["response"]), {"team": "Nord", "theme": theme.slug})
    assert shown.status_code == 422


def test_which_teams_reply_is_told_on_the_page_and_in_its_file(client, story):
    begun = block_of(block_of(PERIOD.last + DAY) - DAY)
    for name, people, replies in (("", 6, 20), ("Nord", 6, 31), ("Sud", 7, 50), ("Est", 2, 9)):
        TeamRepliesFactory.create(
            community=story.communities[0].pk, begun=begun, team=name, people=people, replies=replies
        )
    (chart,) = [one for one in response.board(of(story, "")).charts if one.key == "repondre"]
    assert isinstance(chart, Whisks)
    assert [(row.name, row.more[0].text) for row in chart.rows] == [
        ("Nord", "30 sur 110"),
        ("Sud", "50 sur 110"),
    ]
    assert chart.note.endswith("Ne sont pas montrées\xa0: Est.")
    (alone,) = [one for one in response.board(story).charts if one.key == "repondre"]
    assert isinstance(alone, Whisks)
    assert [row.name for row in alone.rows] == ["Nord"]
    client.force_login(story.member)
    answer = client.get(reverse("dashboards:file", args=["response", "csv"]), {"period": "26"})
    sheet = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "Qui répond, par équipe" in sheet
    assert "Est;" not in sheet
