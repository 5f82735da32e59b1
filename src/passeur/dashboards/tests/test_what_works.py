"""*What works*: figures by hand, lists that tiles count, few people unseen, tries with their reason."""

import datetime as dt
import math
import re
from copy import deepcopy

import pytest
from django.db import transaction
from django.urls import reverse

from passeur.conversations.choices import Kind, Meaning, Part
from passeur.conversations.queries import lists
from passeur.conversations.tests.factories import ReactionFactory, question
from passeur.conversations.tests.told import tell, together

from ..protocols import Period, Slice
from ..queries import findings, working
from .stories import inside, place

pytestmark = pytest.mark.django_db
PERIOD = Period(dt.date(2026, 1, 5), dt.date(2026, 3, 29))
PAGE = "what-works"


def started(community, author, week, *, helped, **fields):
    one = question(community=community, author=author, **{"created_at": inside(PERIOD, week=week), **fields})
    if helped:
        opening = one.contributions.get(part=Part.OPENING)
        at = one.created_at + dt.timedelta(hours=5)
        ReactionFactory.create(contribution=opening, meaning=Meaning.LIVED, created_at=at)
    tell(one)
    return one


@pytest.fixture(scope="module")
def written_once(django_db_setup, django_db_blocker):
    """Ten people start a question each week, which helps nobody, and an experience each week, which helps."""
    with django_db_blocker.unblock(), transaction.atomic():
        community, manager, members = place(10)
        with together():
            for number, member in enumerate(members):
                for week in range(4):
                    started(community, member, week, helped=number == 0, kind=Kind.QUESTION)
                    started(
                        community, member, week, helped=number > 0, kind=Kind.EXPERIENCE, opening="mot " * 80
                    )
        yield Slice(manager, (community,), PERIOD)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def story(db, written_once):
    """The same for each test, whichever comes first; written once, around the transactions of all."""
    return deepcopy(written_once)


def tile(board, key):
    return next(one for one in board.tiles if one.key == key)


def chart(board, key):
    return next(one for one in board.charts if one.key == key)


def board_keys(board):
    return [one.key for one in board.charts]


def test_figures_by_hand(story):
    board = working.board(story)
    assert tile(board, "helped").value == 0.5
    assert tile(board, "reach").value == 0.5
    rows = {row.name: row for row in chart(board, "par-kind").rows}
    assert rows["Retour d’expérience"].point.value == 0.9
    assert rows["Question"].point.value == 0.1
    assert rows["Question"].more[2].value == 40


def test_what_stands_out_is_said_on_top_and_is_not_to_be_tried(story):
    board = working.board(story)
    assert (
        "Les échanges de forme « Retour d’expérience » aident plus souvent que les autres : 90 % contre 10 %."
        in (board.sentence.replace("\u202f", " ").replace("\xa0", " "))
    )
    # Of two forms, what the one does more the other does less: said once.
    assert "« Question »" not in board.sentence
    assert not any("forme" in idea.title for idea in board.ideas)


def test_forms_stand_by_the_lower_bound_so_that_few_exchanges_do_not_make_the_best(story):
    """Ten of ten discussions would be the best by their share; the surest is what helped 36 of 40 times."""
    community = story.communities[0]
    some = community.conversations.order_by("author_id").values_list("author_id", flat=True).distinct()
    with together():
        for member in type(story.member)._default_manager.filter(pk__in=some[:5]):
            for week in range(2):
                started(community, member, week, helped=True, kind=Kind.DISCUSSION)
    rows = chart(working.board(story), "par-kind").rows
    assert [row.name for row in rows] == ["Retour d’expérience", "Discussion", "Question"]
    bounds = [row.point.low for row in rows]
    assert bounds == sorted(bounds, reverse=True)
    assert rows[1].point.value == 1 > rows[0].point.value


def test_what_changed_since_the_weeks_before_is_said_after_what_stands_out():
    """What one of ten people started helped before; what nine of them start helps now."""
    community, manager, members = place(10)
    with together():
        for number, member in enumerate(members):
            for week in range(4):
                started(community, member, week - 12, helped=number == 0)
                started(community, member, week, helped=number > 0)
    board = working.board(Slice(manager, (community,), PERIOD))
    assert board.sentence.startswith("Rien ne se démarque nettement")
    assert "Une plus grande part des échanges aide." in board.sentence


def test_what_stands_out_is_said_first_and_then_that_there_are_no_weeks_before(story):
    said = working.board(story).sentence
    assert said.startswith("Les échanges de forme")
    assert said.index("les autres") < said.index("Rien ne se compare à la période d’avant")


def test_what_differs_says_its_interval(story):
    rows = {row.name: row for row in chart(working.board(story), "par-kind").rows}
    found = re.fullmatch(r"\+80 points \(de \+(\d+) à \+(\d+)\)", rows["Retour d’expérience"].more[0].text)
    assert found is not None
    assert int(found[1]) < 80 < int(found[2])


@pytest.fixture
def alike():
    """Ten people start two questions and two experiences each, of which half help."""
    community, manager, members = place(10)
    with together():
        for number, member in enumerate(members):
            for week in range(4):
                kind = Kind.QUESTION if week % 2 else Kind.EXPERIENCE
                started(community, member, week, helped=number % 2 == 0, kind=kind)
    return Slice(manager, (community,), PERIOD)


def test_nothing_stands_out_where_all_are_alike(alike):
    board = working.board(alike)
    assert "Rien ne se démarque nettement" in board.sentence
    (idea,) = board.ideas
    assert "forme" in idea.title
    assert "des 20 échanges ainsi faits" in idea.reason.replace("\xa0", " ")
    # Twenty of each, in two blocks of four weeks.
    found = re.search(r"Environ (\d+) échanges", idea.reason.replace("\xa0", " "))
    assert found is not None
    months = math.ceil(2 * int(found[1]) / 40 * 56 / (365.25 / 12))
    assert f"il y faut {months} mois" in idea.reason.replace("\xa0", " ")
    assert [row.more[0].text for row in chart(board, "par-kind").rows] == ["pas net", "pas net"]


def test_a_value_of_few_people_is_not_shown(story):
    community = story.communities[0]
    some = community.conversations.order_by("author_id").values_list("author_id", flat=True).distinct()
    with together():
        for member in type(story.member)._default_manager.filter(pk__in=some[:4]):
            for week in range(3):
                started(community, member, week, helped=True, kind=Kind.DISCUSSION)
    rows = {row.name: row for row in chart(working.board(story), "par-kind").rows}
    assert "Discussion" not in rows
    # With it alone hidden, the total would tell it: so experiences are not told in its four weeks either,
    # and only those of the week after them are.
    assert {name: row.more[2].value for name, row in rows.items()} == {
        "Question": 40,
        "Retour d’expérience": 10,
    }


def test_four_people_are_too_few_for_any_figure():
    community, manager, members = place(4)
    with together():
        for member in members:
            for week in range(6):
                started(community, member, week, helped=True)
    part = Slice(manager, (community,), PERIOD)
    board = working.board(part)
    assert all(one.is_withheld for one in board.tiles)
    assert board.charts == ()
    assert board.ideas == ()
    assert working.listed(part, "helped") is None


@pytest.mark.parametrize(("key", "count"), [("helped", 40), ("reach", 80)])
def test_each_tile_leads_to_exactly_what_it_counts(client, story, key, count):
    client.force_login(story.member)
    when = {"period": "dates", "since": "2026-01-05", "until": "2026-03-29"}
    shown = client.get(reverse("dashboards:list", args=[PAGE, key]), when)
    assert shown.context["count"] == count
    keys = working.listed(story, key)
    assert keys is not None
    assert len(lists.listed(story.member, lists.Filters()).filter(pk__in=keys)) == count


def test_the_page_and_its_files_say_the_same(client, story):
    client.force_login(story.member)
    when = {"period": "dates", "since": "2026-01-05", "until": "2026-03-29"}
    page = client.get(reverse("dashboards:page", args=[PAGE]), when)
    file = client.get(reverse("dashboards:file", args=[PAGE, "csv"]), when)
    table = b"".join(file).decode()
    assert page.status_code == 200
    assert "Quelles formes aident" in page.content.decode()
    assert "Retour d’expérience" in table


def test_an_empty_period_says_what_to_do(client, story):
    client.force_login(story.member)
    when = {"period": "dates", "since": "2024-01-01", "until": "2024-01-28"}
    page = client.get(reverse("dashboards:page", args=[PAGE]), when).content.decode()
    assert "un échange est jugé quand il a eu deux semaines" in page


def test_as_many_queries_whatever_is_there(story, django_assert_num_queries):
    with django_assert_num_queries(15):
        working.board(story)


def test_where_nearly_everything_helps_no_try_is_proposed():
    community, manager, members = place(10)
    with together():
        for member in members:
            for week in range(4):
                kind = Kind.QUESTION if week % 2 else Kind.EXPERIENCE
                started(community, member, week, helped=True, kind=kind)
    board = working.board(Slice(manager, (community,), PERIOD))
    assert board.ideas == ()
    assert board.notes[0].startswith("Aucun essai n’est proposé")


def test_a_try_that_would_take_years_says_so(monkeypatch, alike):
    monkeypatch.setattr(findings, "LONGEST_TRY", 7)
    (idea,) = working.board(alike).ideas
    assert idea.reason.endswith("essayez pour voir, sans en attendre de preuve.")


def test_a_small_community_reads_of_half_a_year_what_no_four_weeks_may_tell():
    half = Period(dt.date(2025, 11, 3), dt.date(2026, 4, 19))
    community, manager, members = place(8)
    with together():
        for week in range(24):
            # Two people a week, Tuesdays and Thursdays by turns: four of each day in four weeks.
            for member in members[2 * week % 8 : 2 * week % 8 + 2]:
                at = inside(half, week=week, hours=34 + 48 * ((week + week // 4) % 2))
                started(community, member, week, helped=week % 2 == 0, created_at=at)
    for weeks, told in ((24, ["mardi", "jeudi"]), (12, [])):
        part = Slice(manager, (community,), Period(half.first, half.first + dt.timedelta(days=7 * weeks - 1)))
        board = working.board(part)
        assert [
            row.name for key in board_keys(board) if key == "par-day" for row in chart(board, key).rows
        ] == told
    days = chart(working.board(Slice(manager, (community,), half)), "par-day")
    assert "du 3 novembre 2025 au 19 avril 2026" in days.note.replace("\xa0", " ")
