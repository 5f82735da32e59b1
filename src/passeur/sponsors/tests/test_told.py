"""What was told of a month is kept as numbers, once, and the next report is compared with it."""

import pytest

from passeur.algorithms.measures.change import change
from passeur.algorithms.measures.estimates import Estimate, Share
from passeur.algorithms.measures.rates import Bursts, Rate
from passeur.algorithms.measures.survival import kaplan_meier
from passeur.dashboards.queries.pulse import Repeated

from .. import queries
from ..models import Told
from ..queries import figures
from ..services.sending import compose
from .factories import EditionFactory, ToldFactory
from .stories import last_month, lively, place, story

FIGURES: dict[str, Estimate] = {
    "participation": Repeated(Share(16, 80), 2),
    "resolved": Share(9, 20),
    "asked": Rate(20, 4.0, Bursts(1.5, 12.0)),
    "activity": Rate(3, 1.0),
    "first-reply": kaplan_meier([60.0, 90.0, 120.0, 700.0], [True, True, False, True]).median,
}


def test_a_figure_that_was_kept_is_as_large_and_as_sure():
    kept = figures.read(figures.written(FIGURES))
    assert list(kept) == list(FIGURES)
    for key, figure in FIGURES.items():
        assert (kept[key].value, kept[key].interval()) == (figure.value, figure.interval())
        assert change(kept[key], figure).difference == 0


@pytest.mark.django_db
def test_what_the_first_report_of_a_month_tells_is_kept_and_no_later_one_changes_it():
    community, _manager = story()
    compose(EditionFactory.create(sponsor__community=community, month=last_month()))
    lively(community, queries.period_of(last_month()), people=60, active=25)
    compose(EditionFactory.create(sponsor__community=community, month=last_month()))
    (kept,) = Told.objects.all()
    assert kept.month == last_month()
    assert "asked" in kept.figures
    assert "participation" not in kept.figures


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
