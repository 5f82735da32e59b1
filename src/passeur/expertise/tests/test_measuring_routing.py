"""Routing is measured on the community's own past; the usual measure is kept for the pages."""

import datetime as dt

import pytest

from passeur.expertise import queries, services
from passeur.expertise.models import RoutingMeasure
from passeur.expertise.queries.measures import wilson
from passeur.expertise.tests.factories import RoutingMeasureFactory, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    town = Town()
    town.theme("Jointures")
    town.theme("Stocks")
    people = [town.member(f"Personne {n}") for n in range(5)]
    for n in range(30):
        subject = ("Jointures", "Stocks")[n % 2]
        asked = town.asked(people[4], f"{subject} {n}", subject, days=90 - 3 * n)
        town.answered(asked, people[n % 2], accepted=n % 3 == 0)
    return town


def test_the_report_has_the_shape_that_the_program_prints(town):
    report = services.measure(town.community.pk).as_json()
    assert report["community"] == town.community.slug
    assert report["n"] > 0
    assert 0 < report["share"] <= 1
    for method in (report["routing"], *report["baselines"].values()):
        for of in ("any", "accepted", "without_busiest"):
            assert {"hit@1", "hit@5", "mrr@10"} <= set(method[of])
    assert {"difference", "low", "high"} == set(report["intervals"]["most_active_in_theme"]["mrr@10"])
    assert {"cap", "max_share", "hit@5", "cost"} <= set(report["load_cap"])


def test_two_people_who_share_the_themes_are_told_apart(town):
    report = services.measure(town.community.pk).as_json()
    assert report["routing"]["any"]["hit@1"] == 1.0


def test_the_usual_measure_is_kept_and_replaced(town):
    services.measure(town.community.pk)
    services.measure(town.community.pk)
    assert RoutingMeasure.objects.get().report["community"] == town.community.slug


@pytest.mark.parametrize("other", [{"since": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, {"max_share": 0.9}])
def test_a_measure_made_otherwise_is_not_kept(town, other):
    services.measure(town.community.pk, **other)
    assert not RoutingMeasure.objects.exists()


def test_accuracy_is_shown_with_its_interval_from_fifty_questions_on():
    enough = RoutingMeasureFactory.create()
    found = queries.accuracy(enough.community)
    assert found is not None
    assert (found.percent, found.low, found.high) == (74, 68, 80)
    few = RoutingMeasureFactory.create(report={"n": 49, "routing": {"any": {"hit@5": 0.74}}})
    assert queries.accuracy(few.community) is None


def test_the_interval_of_a_proportion_by_hand():
    low, high = wilson(0.5, 100)
    assert (round(low, 4), round(high, 4)) == (0.4038, 0.5962)
    assert wilson(0.0, 10)[0] == pytest.approx(0.0, abs=1e-12)
