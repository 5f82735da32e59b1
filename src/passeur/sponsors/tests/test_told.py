"""What is told of a month is kept as numbers, once: each report of it says that, and the next is compared."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from passeur.algorithms.measures.change import change
from passeur.algorithms.measures.estimates import Estimate, Share
from passeur.algorithms.measures.rates import Bursts, Rate
from passeur.algorithms.measures.survival import kaplan_meier
from passeur.communities.tests.factories import MembershipFactory
from passeur.conversations.tests.told import together
from passeur.dashboards.queries.pulse import Repeated

from .. import queries
from ..models import Told
from ..queries import figures
from ..services import send
from ..services.telling import tell
from .factories import EditionFactory, SponsorFactory, ToldFactory
from .stories import asked, last_month, lively, place, story

FIGURES: dict[str, Estimate] = {
    "participation": Repeated(Share(16, 80), 2),
    "resolved": Share(9, 20),
    "asked": Rate(20, 4.0, Bursts(1.5, 12.0)),
    "activity": Rate(3, 1.0),
    "first-reply": kaplan_meier([60.0, 90.0, 120.0, 700.0], [True, True, False, True]).median,
}


@pytest.fixture(autouse=True)
def _in_french():
    with translation.override("fr"):
        yield


def test_a_figure_that_was_kept_is_as_large_and_as_sure():
    kept = figures.read(figures.written(FIGURES))
    assert list(kept) == list(FIGURES)
    for key, figure in FIGURES.items():
        assert (kept[key].value, kept[key].interval()) == (figure.value, figure.interval())
        assert change(kept[key], figure).difference == 0


@pytest.mark.django_db
@pytest.mark.parametrize("follows", [False, True])
def test_a_report_that_was_kept_says_all_that_it_said_when_it_was_counted(follows):
    community, manager = story(hours=5, hours_before=60)
    lively(community, queries.period_of(last_month()), people=60, active=25)
    if follows:
        before: dict[str, Estimate] = {
            "participation": Share(5, 60),
            "asked": Rate(30, 4.0),
            "resolved": Share(20, 30),
        }
        ToldFactory.create(
            community=community, month=queries.latest(last_month()), figures=figures.written(before)
        )
    counted = queries.report(community, last_month(), manager)
    assert not counted.told.is_kept
    tell(community, last_month(), manager)
    kept = queries.report(community, last_month(), manager)
    assert kept.told.is_kept
    assert kept.tiles == counted.tiles
    assert kept.curve == counted.curve
    assert (kept.about, kept.changes, kept.done) == (counted.about, counted.changes, counted.done)
    assert any(tile.difference is not None and tile.difference.real for tile in kept.tiles)
    assert ("comparé au rapport d’avant" in kept.about) == follows


@pytest.mark.django_db
def test_what_the_first_report_of_a_month_tells_is_kept_and_no_later_one_changes_it():
    community, _manager = story()
    send(EditionFactory.create(sponsor__community=community, month=last_month()).pk)
    lively(community, queries.period_of(last_month()), people=60, active=25)
    send(EditionFactory.create(sponsor__community=community, month=last_month()).pk)
    assert len(mail.outbox) == 2
    (kept,) = Told.objects.all()
    assert kept.month == last_month()
    assert "asked" in kept.figures
    assert "participation" not in kept.figures
    assert "Participation" not in mail.outbox[1].body


@pytest.mark.django_db
def test_what_was_withheld_at_first_stays_so_when_others_ask_later():
    community, manager = story(9, 9)
    tell(community, last_month(), manager)
    with together():
        for _ in range(6):
            member = MembershipFactory.create(community=community).member
            asked(community, member, queries.period_of(last_month()).since, replied_after=2)
    report = queries.report(community, last_month(), manager)
    assert report.tiles == ()
    assert "Moins de 10 personnes" in report.why_none
    Told.objects.all().delete()
    assert queries.report(community, last_month(), manager).tiles  # counted now, there is enough


@pytest.mark.django_db
def test_who_counts_at_the_same_time_says_what_the_first_has_written(monkeypatch):
    community, _manager = story()
    sponsor = SponsorFactory.create(community=community)
    counts = queries.month_of

    def while_another_writes(*given):
        found = counts(*given)
        if not found.is_kept:
            ToldFactory.create(community=community, month=last_month())
        return found

    monkeypatch.setattr(queries, "month_of", while_another_writes)
    send(EditionFactory.create(sponsor=sponsor, month=last_month()).pk)
    assert "16 sur 40" in mail.outbox[0].body.replace("\xa0", " ").replace("\u202f", " ")
    assert "Questions posées" not in mail.outbox[0].body


@pytest.mark.django_db
def test_a_month_is_compared_with_what_was_told_of_the_one_before():
    community, manager, _members = place(1)
    lively(community, queries.period_of(last_month()), people=60, active=25)
    ToldFactory.create(
        community=community,
        month=queries.latest(last_month()),
        figures=figures.written({"participation": Share(5, 60)}),
    )
    report = queries.report(community, last_month(), manager)
    participation, activity = report.tiles
    assert participation.difference is not None
    assert participation.difference.value == pytest.approx(20 / 60)
    assert activity.difference is None
    assert "comparé au rapport d’avant" in report.about


@pytest.mark.django_db
def test_what_a_version_before_did_not_keep_is_left_out():
    """It kept fewer figures, and neither what they were compared with nor when they were counted."""
    community, manager = story()
    ToldFactory.create(community=community, month=last_month(), figures=figures.written(FIGURES))
    report = queries.report(community, last_month(), manager)
    told = {tile.key: tile for tile in report.tiles if not tile.is_withheld}
    assert set(told) == {"participation", "resolved", "asked", "activity", "first-reply"}
    assert told["resolved"].base == "9 sur 20 questions"
    assert told["first-reply"].base == ""
    assert all(tile.difference is None for tile in report.tiles)
    assert report.changes == ()
    assert "comparé" not in report.about
    assert "comptés" not in report.about
    assert report.done == ("Le nombre de signaux traités n’a pas été gardé.",)


@pytest.mark.django_db
def test_the_preview_shows_what_was_told_and_that_it_stays(client, django_assert_max_num_queries):
    community, manager = story()
    client.force_login(manager)
    url = reverse("sponsors:preview", args=[community.slug])
    assert "ne changent plus" not in client.get(url).content.decode()
    ToldFactory.create(community=community, month=last_month(), counted_on=dt.date(2026, 6, 1))
    page = client.get(url).content.decode().replace("\xa0", " ").replace("\u202f", " ")
    assert "ne changent plus" in page
    assert "16 sur 40" in page
    assert "Chiffres comptés le 1er juin 2026" in page
    with django_assert_max_num_queries(5):
        queries.report(community, last_month(), manager)
