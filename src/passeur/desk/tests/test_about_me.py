"""What the desk says of somebody, as they read it themselves."""

import datetime as dt

import pytest

from .. import queries, services
from .factories import Place

pytestmark = pytest.mark.django_db


def test_a_person_reads_in_which_lists_they_stand():
    place = Place()
    anais = place.member("Anaïs Girard", days=9)
    services.fill(place.community)
    (stands,) = queries.cues_about(anais)
    assert (stands.rule, stands.community, stands.since) == (
        "never-exchanged",
        place.community,
        place.ago(days=9),
    )
    assert stands.until == place.ago(days=9) + dt.timedelta(days=15)
    assert queries.cues_about(place.manager) == []
