"""What the report says, by hand: figures of ten people at least, and only changes that are real."""

import datetime as dt
import io
from itertools import pairwise

import pypdf
import pytest
from django.utils import timezone, translation

from passeur.communities.choices import Role
from passeur.communities.tests.factories import MembershipFactory
from passeur.dashboards.protocols import Period, Slice
from passeur.dashboards.queries import pulse, response
from passeur.desk.choices import Outcome
from passeur.desk.tests.factories import StepFactory
from passeur.foundation import printing
from passeur.rituals.choices import State
from passeur.rituals.tests.factories import OccurrenceFactory

from .. import queries, services
from ..errors import NoCommunity, NoReport, NoVoice
from .stories import last_month, lively, place, story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_french():
    with translation.override("fr"):
        yield


def made(community, manager):
    return queries.report(community, last_month(), manager)


@pytest.mark.parametrize(
    ("month", "first", "last"),
    [
        ("2026-02-01", "2026-01-26", "2026-02-22"),
        ("2026-03-01", "2026-02-23", "2026-03-29"),
        ("2026-11-01", "2026-10-26", "2026-11-29"),
    ],
)
def test_a_month_is_the_whole_weeks_that_end_in_it(month, first, last):
    day = dt.date.fromisoformat
    assert queries.period_of(day(month)) == Period(day(first), day(last))


def test_every_week_of_a_year_is_in_exactly_one_month():
    periods = [queries.period_of(dt.date(2026, month, 1)) for month in range(1, 13)]
    for one, following in pairwise(periods):
        assert following.first - one.last == dt.timedelta(days=1)


@pytest.mark.parametrize("words", ["2026", "2026-13", "1999-01", "demain", "2099-01"])
def test_a_month_of_which_nothing_can_be_told_gets_one_sentence(words):
    with pytest.raises(NoReport, match="2026-03"):
        queries.parse(words, dt.date(2026, 11, 28))


def test_figures_are_those_of_the_dashboard():
    community, manager = story()
    lively(community, queries.period_of(last_month()), people=60, active=25)
    shown = made(community, manager)
    part = Slice(manager, (community,), shown.period)
    boards = (*pulse.board(part).tiles, *response.board(part).tiles)
    words = {tile.key: tile.words for tile in boards}
    told = {tile.key: tile.words for tile in shown.tiles if not tile.is_withheld}
    assert told == {key: words[key] for key in told}
    assert {"participation", "activity", "first-reply", "asked", "within-goal"} <= set(told)


@pytest.mark.parametrize(("people", "active", "has_figures"), [(9, 4, False), (12, 1, True), (24, 10, True)])
def test_it_tells_what_a_training_manager_reads_of_these_weeks_and_no_more(people, active, has_figures):
    community, manager = story(people=people, before=people - 3)
    lively(community, queries.period_of(last_month()), people=people, active=active)
    trainer = MembershipFactory.create(community=community, role=Role.TRAINING_MANAGER).member
    shown = made(community, manager)
    part = Slice(trainer, (community,), shown.period)
    boards = (*pulse.board(part).tiles, *response.board(part).tiles)
    read = {tile.key: (tile.words, tile.base) for tile in boards if not tile.is_withheld}
    told = {tile.key: (tile.words, tile.base) for tile in shown.tiles if not tile.is_withheld}
    assert told == {key: read.get(key) for key in told}
    assert bool(told) == has_figures


def test_few_who_asked_do_not_silence_what_many_did():
    community, manager = story(3, 3)
    lively(community, queries.period_of(last_month()), people=60, active=25)
    shown = made(community, manager)
    assert [(tile.key, tile.value) for tile in shown.tiles] == [("participation", 25 / 60), ("activity", 42)]
    assert "Moins de 10 personnes" in shown.why_none
    assert shown.curve is None
    text = services.as_text(shown)
    assert "Participation" in text
    assert flat(shown.why_none) in flat(text)


@pytest.mark.parametrize(("people", "active"), [(9, 5), (60, 1), (60, 60)])
def test_who_takes_part_is_not_told_of_a_small_community_nor_of_nearly_all_or_none(people, active):
    community, manager, _members = place(1)
    lively(community, queries.period_of(last_month()), people=people, active=active)
    shown = made(community, manager)
    assert "participation" not in {tile.key for tile in shown.tiles}


@pytest.mark.parametrize("people", [0, 1, 9])
def test_under_ten_people_no_figure_is_said_in_any_form(people):
    community, manager = story(people, people)
    shown = made(community, manager)
    assert shown.tiles == ()
    assert shown.curve is None
    assert shown.changes == ()
    words = services.as_text(shown)
    assert "Moins de 10" in words
    assert "Première réponse" not in words
    assert (
        "Première réponse"
        not in pypdf.PdfReader(io.BytesIO(printing.pdf(queries.paper(shown)))).pages[0].extract_text()
    )


def test_with_few_people_before_nothing_is_compared():
    community, manager = story(12, 9)
    shown = made(community, manager)
    assert shown.tiles
    assert all(tile.difference is None for tile in shown.tiles)
    assert shown.curve is not None
    assert not any(series.is_reference for series in shown.curve.series)
    assert flat("rien n’est comparé") in flat(shown.changes[0])


def test_few_newcomers_are_withheld_and_said_so():
    community, manager = story(12, 12)
    newcomers = next(tile for tile in made(community, manager).tiles if tile.key == "newcomers")
    assert newcomers.is_withheld  # all of them had asked before
    assert newcomers.value is None
    assert newcomers.base == ""
    assert newcomers.words == "Groupe trop petit"


def test_what_chance_may_have_made_is_not_called_a_change():
    shown = made(*story())
    assert shown.changes == ("Aucun chiffre ne montre de changement qui se distingue du hasard.",)


def test_a_real_change_is_said_with_its_size_and_the_rest_is_counted():
    shown = made(*story(hours=1, hours_before=90))
    assert "On répond plus vite." in shown.changes[0]
    assert "de moins" in shown.changes[0]
    assert "autres chiffres ne montrent pas de changement" in shown.changes[-1]


def test_what_was_done_is_counted_in_the_weeks_of_the_report_and_as_a_whole():
    community, manager, _members = place(1)
    period = queries.period_of(last_month())
    day = dt.timedelta(days=1)

    def step(subject, at, **fields):
        StepFactory.create(community=community, subject=subject, by=manager, at=at, **fields)

    step("a", period.since)
    step("b", period.until - day)
    step("c", period.until)
    step("d", period.since - day)
    step("e", period.since, undone_at=period.since)
    step("f", period.since, outcome=Outcome.SNOOZED)
    ritual = OccurrenceFactory.create(
        ritual__community=community, day=period.first, at=period.since, state=State.DONE
    ).ritual
    OccurrenceFactory.create(ritual=ritual, day=period.last, at=period.until - day, state=State.DONE)
    OccurrenceFactory.create(ritual=ritual, day=period.last + day, at=period.until, state=State.DONE)
    OccurrenceFactory.create(ritual=ritual, day=period.first + day, at=period.since + day, state=State.MISSED)
    assert [flat(line) for line in made(community, manager).done] == [
        flat("2 signaux de la communauté traités par qui l’anime."),
        flat("« La question du lundi » : tenu 2 fois."),
    ]


def test_what_comes_is_the_next_time_of_each_ritual():
    community, manager, _members = place(1)
    soon = timezone.now() + dt.timedelta(days=3)
    OccurrenceFactory.create(ritual__community=community, day=soon.date(), at=soon)
    (line,) = made(community, manager).coming
    assert flat(line).startswith(flat("« La question du lundi » : "))


def test_mail_and_paper_say_the_same():
    community, manager = story(hours=1, hours_before=90)
    shown = made(community, manager)
    text = services.as_text(shown)
    document = pypdf.PdfReader(io.BytesIO(printing.pdf(queries.paper(shown))))
    printed = flat(" ".join(page.extract_text() for page in document.pages))
    for words in [shown.title, *(tile.words for tile in shown.tiles), *shown.changes]:
        assert flat(words) in flat(text)
        assert flat(words) in printed


def flat(words):
    """Without spaces and apostrophes, which lines of a page break and typography changes."""
    return "".join(words.replace("’", "'").split())


def test_nobody_who_asked_is_named():
    community, manager = story()
    names = {str(one.author.name) for one in community.conversations.select_related("author")}
    text = services.as_text(made(community, manager))
    assert not any(name in text for name in names)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_whole_in_both_languages(language):
    community, manager = story(hours=1, hours_before=90)
    with translation.override(language):
        text = services.as_text(made(community, manager))
    assert ("WHAT CHANGED" in text) == (language == "en")
    assert ("CE QUI A CHANGÉ" in text) == (language == "fr")


def test_without_community_or_lcm_there_is_none():
    with pytest.raises(NoCommunity):
        services.report_of("nowhere", last_month())
    community, manager, _members = place(1)
    manager.memberships.update(left_at=timezone.now())
    with pytest.raises(NoVoice):
        services.report_of(community.slug, last_month())


@pytest.mark.parametrize("weeks", [1, 4])
def test_it_costs_the_same_whatever_is_in_it(django_assert_max_num_queries, weeks):
    community, manager = story(weeks=weeks)
    with django_assert_max_num_queries(
        27
    ):  # two of them say what was told of blocks, one what of the month before
        made(community, manager)
