"""The first opening of a desk waits for a small community's entries, and never for those of a large one."""

import pytest

from passeur.conversations.queries import needs

from .. import queries, services
from ..cues import rules
from ..services import filling

pytestmark = pytest.mark.django_db


def test_small_community_is_filled_while_its_desk_is_opened(place):
    place.asked(place.member("Karim"), hours=26)

    assert services.open_desk(place.manager, [place.community]).lines
    assert queries.unfilled([place.community]) == []


def test_large_community_is_left_to_the_job_without_looking_for_candidates(place, monkeypatch):
    for n in range(3):
        place.asked(place.member(f"Karim {n}"), hours=26)
    looked = []

    def candidates(*given):
        looked.append(given)
        return []

    for rule in rules():
        monkeypatch.setattr(rule, "candidates", candidates)
    monkeypatch.setattr(filling, "MANY", 2)

    services.open_desk(place.manager, [place.community])

    assert looked == []
    assert queries.unfilled([place.community]) == [place.community]


def test_more_than_so_many_conversations(place):
    for n in range(3):
        place.asked(place.member(f"Karim {n}"), hours=26)

    assert needs.has_more_than(2, place.community)
    assert not needs.has_more_than(3, place.community)
