"""Blocks counted once they are over: who replied by team, who did something first; and their guard."""

import datetime as dt

import pytest

from passeur.algorithms.measures.estimates import Share
from passeur.communities.choices import Role
from passeur.communities.tests.factories import MembershipFactory

from .. import queries, tasks
from ..choices import Milestone, Withholding
from ..models import Reached, TeamReplies
from ..queries import Replying
from ..services import Told, blocks, follow_exchanges
from .company import MONDAY, WEEK, Company
from .factories import ReachedFactory, TeamRepliesFactory

pytestmark = pytest.mark.django_db
END = MONDAY + 4 * WEEK
FEW = queries.Withheld(Withholding.FEW_PEOPLE)


@pytest.fixture
def company():
    return Company(Atelier=8, Bureau=6, Caisse=3)


def seen(company, reader=None, **fields):
    last = END - dt.timedelta(days=1)
    return queries.slice_of(reader or company.manager, first=MONDAY, last=last, **fields)


def replied(company, *, begun=MONDAY, **teams):
    for team, (people, replies) in teams.items():
        name = team.replace("nobody", "")
        TeamRepliesFactory.create(
            community=company.community.pk, begun=begun, team=name, people=people, replies=replies
        )


def exchange(company, number, asker, **fields):
    at = dt.datetime.combine(MONDAY, dt.time(12), dt.UTC)
    given = {
        "number": number, "community": company.community.pk, "kind": "question", "asks": True,
        "asked_at": at, "state": "open", "is_resolved": False, "asker": asker.pk,
    }  # fmt: skip
    return Told(**{**given, **fields})


def test_replies_are_counted_by_the_team_of_who_replies(company):
    one, two, *_ = company.members["Atelier"]
    third = company.members["Bureau"][0]
    company.act(one, concerned=[two])
    company.act(one, concerned=[third])
    company.act(two, concerned=[two])  # to oneself
    company.act(third, concerned=[one])
    company.act(third, concerned=[one], on=END)  # in the next block
    company.act(company.manager, concerned=[one])  # animates
    assert blocks.remember(END) == blocks.BLOCKS_BACK
    rows = TeamReplies.objects.filter(begun=MONDAY).values_list("team", "people", "replies")
    assert sorted(rows) == [("", 0, 0), ("Atelier", 1, 2), ("Bureau", 1, 1)]
    assert blocks.remember(END) == 0


def test_the_first_counts_do_not_wait_for_the_hour(company):
    assert blocks.is_missing()
    tasks.roll(0)
    assert not blocks.is_missing()


def test_firsts_are_those_of_the_whole_past(company):
    one, two, three = company.everybody[:3]
    accepted = dt.datetime.combine(MONDAY + WEEK, dt.time(12), dt.UTC)
    before = dt.datetime.combine(MONDAY - 9 * WEEK, dt.time(12), dt.UTC)
    follow_exchanges(
        [
            exchange(company, 1, one, helper=two.pk, accepted_at=accepted),
            exchange(company, 2, one),  # their second
            exchange(company, 3, two, asked_at=before),
            exchange(company, 4, two),  # the first was long ago
            exchange(company, 5, three, kind="experience", asks=False),
            exchange(company, 6, three, helper=three.pk, accepted_at=accepted),  # of oneself
        ]
    )
    company.act(three, concerned=[one])
    company.act(three, concerned=[two])
    blocks.remember(END)
    found = dict(Reached.objects.filter(begun=MONDAY).values_list("milestone", "count"))
    assert found == {"question": 2, "reply": 1, "accepted": 1, "experience": 1}
    assert Reached.objects.get(begun=MONDAY, milestone="question").people == 17


def test_teams_of_enough_people_are_told_to_the_nearest_five(company):
    replied(company, nobody=(5, 20), Atelier=(8, 41), Bureau=(6, 22), Caisse=(3, 9))
    found = queries.replies_by_team(seen(company))
    assert found == {"Atelier": Replying(40, 90), "Bureau": Replying(20, 90), "Caisse": FEW}
    assert queries.replies_by_team(seen(company, team="Bureau")) == {"Bureau": Replying(20, 90)}


def test_who_is_not_told_of_is_enough_people_too(company):
    """Caisse alone would be the rest of what is told: the next smallest team goes with it."""
    replied(company, nobody=(0, 0), Atelier=(8, 41), Bureau=(6, 22), Caisse=(3, 9))
    found = queries.replies_by_team(seen(company))
    assert found == {"Atelier": Replying(40, 70), "Bureau": FEW, "Caisse": FEW}


def test_who_needs_ten_is_told_of_fewer_teams_never_of_others(company):
    replied(company, nobody=(12, 30), Atelier=(11, 41), Bureau=(6, 22))
    trainer = MembershipFactory.create(community=company.community, role=Role.TRAINING_MANAGER).member
    found = queries.replies_by_team(seen(company, trainer))
    assert found == {"Atelier": Replying(40, 95), "Bureau": FEW}


def test_a_block_in_which_a_team_is_too_small_is_left_out_of_it_and_of_its_whole(company):
    replied(company, nobody=(5, 20), Atelier=(8, 40))
    replied(company, begun=MONDAY - 4 * WEEK, nobody=(5, 20), Atelier=(2, 30))
    two_blocks = queries.slice_of(company.manager, first=MONDAY - 4 * WEEK, last=END - dt.timedelta(days=1))
    assert queries.replies_by_team(two_blocks) == {"Atelier": Replying(40, 60)}


def test_milestones_are_told_to_the_nearest_five_and_not_of_nearly_nobody(company):
    for milestone, count in (("question", 8), ("reply", 17), ("accepted", 2), ("experience", 38)):
        ReachedFactory.create(
            community=company.community.pk, begun=MONDAY, milestone=milestone, people=40, count=count
        )
    found = queries.milestones(seen(company))
    nearly = queries.Withheld(Withholding.NEARLY_ALL_OR_NONE)
    assert found == {
        Milestone.QUESTION: Share(10, 40),
        Milestone.REPLY: Share(15, 40),
        Milestone.ACCEPTED: nearly,
        Milestone.EXPERIENCE: nearly,
    }
    assert queries.milestones(seen(company, team="Bureau")) == {}


def test_as_many_queries_however_many_teams(company, django_assert_num_queries):
    for number in range(20):
        TeamRepliesFactory.create(community=company.community.pk, begun=MONDAY, team=f"T{number}")
    sight = seen(company)
    with django_assert_num_queries(1):
        assert len(queries.replies_by_team(sight)) == 20
    with django_assert_num_queries(1):
        queries.milestones(sight)
