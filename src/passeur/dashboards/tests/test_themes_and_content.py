"""*Themes and formats* and *content and searches*: figures by hand, lists that count the same."""

import datetime as dt
from copy import deepcopy

import pytest
from django.db import transaction
from django.urls import reverse

from passeur.accounts.tests.factories import MemberFactory
from passeur.conversations.choices import Kind, Meaning
from passeur.conversations.tests.factories import (
    ContributionFactory,
    ReactionFactory,
    SearchMissFactory,
)
from passeur.conversations.tests.told import together
from passeur.engagement.tests.factories import PopulationFactory
from passeur.skills.tests.factories import ThemeFactory

from ..protocols import Slice
from ..queries import content, themes
from .stories import asked, inside, last_weeks, place, themed, told

pytestmark = pytest.mark.django_db


def tile(board, key):
    return next(one for one in board.tiles if one.key == key)


def counted(community, people):
    """So many belong to it, as its figures are made."""
    bits = ((1 << people) - 1).to_bytes(2, "little")
    PopulationFactory.create(community=community.pk, bits=bits, size=people)


def chart(board, key):
    return next((one for one in board.charts if one.key == key), None)


@pytest.fixture(scope="module")
def written_once(django_db_setup, django_db_blocker):
    """Twelve ask about stocks, six of them about counting, which is below it; five tell an experience."""
    with django_db_blocker.unblock(), transaction.atomic():
        community, manager, members = place(12)
        period = last_weeks()
        counted(community, 12)
        stocks = ThemeFactory.create(community=community, name="Stocks")
        counting = ThemeFactory.create(community=community, name="Inventaire", parent=stocks)
        with together():
            for number, member in enumerate(members):
                one = asked(community, member, inside(period), replied_after=1 if number < 8 else None)
                themed(one, counting if number < 6 else stocks)
        with together():
            for member in members[:5]:
                asked(community, member, inside(period, week=1), kind=Kind.EXPERIENCE)
        yield Slice(manager, (community,), period)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def story(db, written_once):
    """The same for each test, whichever comes first; written once, around the transactions of all."""
    return deepcopy(written_once)


def test_a_theme_counts_those_below_it_once(story):
    rows = {row.name: row for row in chart(themes.board(story), "themes").rows}
    assert [(name, row.more[0].value) for name, row in rows.items()] == [("Stocks", 12), ("Inventaire", 6)]
    assert rows["Stocks"].point.value == pytest.approx(4 / 6)


def test_of_a_chosen_theme_only_those_below_it_stand_in_the_table():
    community, manager, members = place(36)
    stocks, export = (ThemeFactory.create(community=community, name=name) for name in ("Stocks", "Export"))
    counting = ThemeFactory.create(community=community, name="Inventaire", parent=stocks)
    with together():
        for number, member in enumerate(members):
            themed(
                asked(community, member, inside(last_weeks()), replied_after=1),
                (counting, stocks, export)[number % 3],
            )
    part = Slice(manager, (community,), last_weeks())
    assert {row.name for row in chart(themes.board(part), "themes").rows} == {
        "Stocks",
        "Inventaire",
        "Export",
    }
    narrowed = Slice(manager, (community,), last_weeks(), stocks)
    assert [row.name for row in chart(themes.board(narrowed), "themes").rows] == ["Inventaire"]


def test_the_list_behind_each_row_is_what_the_row_counts(client, story):
    client.force_login(story.member)
    board = themes.board(story)
    rows = [*chart(board, "themes").rows, *chart(board, "formats").rows]
    assert [row.name for row in rows] == ["Stocks", "Inventaire", "Question", "Retour d’expérience"]
    for row in rows:
        shown = client.get(row.more[0].href)
        assert len(shown.context["page"].items) == shown.context["count"] == row.more[0].value, row.name


@pytest.mark.parametrize(("key", "count"), [("started", 17), ("replied", 8), ("without-theme", 5)])
def test_each_tile_of_themes_leads_to_what_it_counts(client, story, key, count):
    client.force_login(story.member)
    shown = client.get(reverse("dashboards:list", args=["themes", key]))
    assert shown.context["count"] == len(shown.context["page"].items) == count
    value = tile(themes.board(story), key).value
    assert value == (count if key == "started" else pytest.approx(count / 17))


def test_a_theme_or_a_form_of_few_people_is_not_shown(story):
    (community,) = story.communities
    alone = ThemeFactory.create(community=community, name="Export")
    for week in range(4):
        one = asked(community, MemberFactory.create(), inside(story.period, week=week), kind=Kind.DISCUSSION)
        themed(one, alone)
    board = themes.board(story)
    assert "Export" not in {row.name for row in chart(board, "themes").rows}
    assert "Discussion" not in {row.name for row in chart(board, "formats").rows}
    assert themes.listed(story, "discussion") is None


def test_what_helped_somebody_else_counts_once(client, story):
    one = asked(story.communities[0], MemberFactory.create(), inside(story.period))
    text = ContributionFactory.create(conversation=one)
    ReactionFactory.create(contribution=text, meaning=Meaning.THANKS)
    ReactionFactory.create(contribution=text, meaning=Meaning.HELPS)
    own = ContributionFactory.create(
        conversation=asked(story.communities[0], MemberFactory.create(), inside(story.period))
    )
    ReactionFactory.create(contribution=own, member=own.author)
    told(*story.communities)
    assert tile(content.board(story), "helped").value == pytest.approx(1 / 19)
    client.force_login(story.member)
    shown = client.get(reverse("dashboards:list", args=["content", "helped"]))
    assert [row.pk for row in shown.context["page"].items] == [one.pk]


@pytest.mark.parametrize(("key", "count"), [("unmet", 4), ("experiences", 5)])
def test_each_tile_of_content_leads_to_what_it_counts(client, story, key, count):
    client.force_login(story.member)
    shown = client.get(reverse("dashboards:list", args=["content", key]))
    assert shown.context["count"] == len(shown.context["page"].items) == count


def test_searches_in_vain_are_counted_by_words_and_rare_words_stay_untold(story):
    (community,) = story.communities
    day = story.period.first
    SearchMissFactory.create(community=community, words="Lubrifiant", folded="lubrifiant", day=day, times=3)
    SearchMissFactory.create(
        community=community, words="lubrifiant", folded="lubrifiant", day=day + dt.timedelta(days=9), times=1
    )
    SearchMissFactory.create(community=community, words="mon divorce", day=day, times=4)
    SearchMissFactory.create(community=community, words="avant", day=day - dt.timedelta(days=1), times=50)
    board = content.board(story)
    assert tile(board, "searches").value == 8
    told = [[cell.text for cell in row[:2]] for row in chart(board, "mots").table.rows]
    assert told == [["lubrifiant", "4"], ["Tous les autres mots", "4"]]
    assert not tile(board, "searches").has_list
    assert tile(board, "searches").why_no_list


@pytest.mark.parametrize(("people", "is_told"), [(4, False), (5, True)])
def test_of_a_community_of_few_people_no_search_is_told(people, is_told):
    community, manager, _members = place(people)
    counted(community, people)
    SearchMissFactory.create(community=community, words="mon divorce", day=last_weeks().first, times=9)
    board = content.board(Slice(manager, (community,), last_weeks()))
    assert ("searches" in {one.key for one in board.tiles}) == is_told


def test_searches_are_not_compared_with_days_that_are_no_longer_kept(story):
    (community,) = story.communities
    SearchMissFactory.create(community=community, day=story.period.last, times=3)
    long_ago = Slice(story.member, (community,), last_weeks(26))
    assert tile(content.board(long_ago), "searches").difference is None


def test_with_a_theme_searches_are_left_out_and_the_page_says_why(story):
    theme = ThemeFactory.create(community=story.communities[0])
    one = asked(story.communities[0], MemberFactory.create(), inside(story.period))
    themed(one, theme)
    board = content.board(Slice(story.member, story.communities, story.period, theme))
    assert "searches" not in {one.key for one in board.tiles}
    assert "ne portent pas de thème" in board.notes[0]


@pytest.mark.parametrize("slug", ["themes", "content"])
@pytest.mark.parametrize("each", [1, 4])
def test_a_page_costs_the_same_whatever_is_in_it(client, story, django_assert_max_num_queries, slug, each):
    with together():
        for week in range(each):
            asked(story.communities[0], MemberFactory.create(), inside(story.period, week=week))
            SearchMissFactory.create(
                community=story.communities[0], words=f"mot {week}", day=story.period.first
            )
    client.force_login(story.member)
    with django_assert_max_num_queries(38):
        assert client.get(reverse("dashboards:page", args=[slug])).status_code == 200


@pytest.mark.parametrize("slug", ["themes", "content"])
def test_an_empty_page_says_what_to_do(client, slug):
    _community, manager, _members = place(0)
    client.force_login(manager)
    assert "Rien à montrer pour cette période" in client.get(f"/dashboards/{slug}/").content.decode()


def test_nothing_of_few_people_shows_on_any_page():
    community, manager, members = place(4)
    with together():
        for member in members:
            asked(community, member, inside(last_weeks()), replied_after=1)
    part = Slice(manager, (community,), last_weeks())
    for made in (themes.board(part), content.board(part)):
        assert all(one.is_withheld for one in made.tiles if one.key != "searches")
        assert made.charts == ()
