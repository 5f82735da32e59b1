"""The first opening of a desk waits for a small community's entries, and never for those of a large one."""

import pytest

from passeur.conversations.events import ConversationsImported
from passeur.conversations.queries import needs
from passeur.foundation import events as bus

from .. import queries, services
from ..cues import rules
from ..models import Entry
from ..services import filling
from ..subscribers import MANY

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


def entries():
    return sorted(Entry.objects.values_list("subject", "key", "begins", "ends"))


def test_a_bulk_load_fills_the_community_once_with_the_entries_that_judging_each_gives(place, run_jobs):
    asked = [place.asked(place.member(f"Karim {n}"), hours=26) for n in range(3)]
    services.fill(place.community)
    one_by_one = entries()
    Entry.objects.all().delete()
    unknown = range(10**9, 10**9 + MANY)

    bus.publish(ConversationsImported(place.community.pk, [*(one.pk for one in asked), *unknown]))
    run_jobs()
    assert (entries(), queries.unfilled([place.community])) == ([], [place.community])

    services.fill(place.community)
    assert entries() == one_by_one != []
    assert queries.unfilled([place.community]) == []


def test_what_is_loaded_while_a_community_is_being_filled_is_filled_afterwards(place):
    place.asked(place.member("Karim"), hours=26)

    services.fill(place.community, progress=lambda done, total: services.fill_again(place.community.pk))

    assert queries.unfilled([place.community]) == [place.community]
