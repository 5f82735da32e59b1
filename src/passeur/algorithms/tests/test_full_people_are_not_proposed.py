"""Nobody is asked beyond their caps or while paused; a question without takers waits, oldest first."""

from hypothesis import given
from hypothesis import strategies as st

from passeur.algorithms.routing.load import (
    Availability,
    Chosen,
    Obstacle,
    PassedOver,
    Waiting,
    propose,
    serve_queue,
)

from .factories import AMINA, BRUNO, CHLOE


def test_the_first_with_room_is_asked_and_the_room_is_told():
    proposal = propose(
        [AMINA, BRUNO], {AMINA: Availability(open_work=1, open_cap=3, this_week=0, weekly_cap=3)}
    )
    assert proposal.chosen == (Chosen(AMINA, room=2),)
    assert proposal.passed_over == ()


def test_a_paused_person_is_passed_over():
    proposal = propose([AMINA, BRUNO], {AMINA: Availability(paused=True)})
    assert [chosen.person for chosen in proposal.chosen] == [BRUNO]
    assert proposal.passed_over == (PassedOver(AMINA, Obstacle.PAUSED),)


def test_the_cap_counts_open_work():
    assert Availability(open_work=3, open_cap=3).obstacle is Obstacle.FULL
    assert Availability(open_work=2, open_cap=3).obstacle is None


def test_the_week_is_full_though_nothing_is_open():
    assert Availability(open_work=0, this_week=3, weekly_cap=3).obstacle is Obstacle.WEEK_FULL


def test_who_was_asked_already_is_not_asked_again():
    proposal = propose([AMINA, BRUNO], {}, already_asked={AMINA})
    assert proposal.passed_over == (PassedOver(AMINA, Obstacle.ALREADY_ASKED),)


def test_without_caps_there_is_always_room():
    unlimited = Availability(open_work=50, open_cap=None, this_week=50, weekly_cap=None)
    assert unlimited.obstacle is None
    assert unlimited.room is None


def test_when_everybody_is_full_the_question_waits():
    full = Availability(open_work=3, open_cap=3)
    assert propose([AMINA, BRUNO], {AMINA: full, BRUNO: full}).waits


def test_the_oldest_question_is_served_first():
    one_left = {AMINA: Availability(open_work=2, open_cap=3)}
    late = Waiting(question=1, since=200.0, ranked=(AMINA,))
    early = Waiting(question=2, since=100.0, ranked=(AMINA,))
    served = serve_queue([late, early], one_left)
    assert [(waiting.question, proposal.waits) for waiting, proposal in served] == [(2, False), (1, True)]


def test_the_queue_moves_when_somebody_comes_back():
    waiting = [Waiting(question=1, since=1.0, ranked=(CHLOE,))]
    assert serve_queue(waiting, {CHLOE: Availability(paused=True)})[0][1].waits
    assert not serve_queue(waiting, {CHLOE: Availability()})[0][1].waits


@given(
    st.lists(st.tuples(st.integers(0, 9), st.permutations(range(4)), st.integers(1, 3)), max_size=12),
    st.lists(
        st.builds(
            Availability,
            paused=st.booleans(),
            open_work=st.integers(0, 4),
            open_cap=st.integers(0, 4),
            this_week=st.integers(0, 4),
            weekly_cap=st.integers(0, 4),
        ),
        min_size=4,
        max_size=4,
    ),
)
def test_no_queue_brings_anybody_over_a_cap(queue, people):
    waiting = [Waiting(i, since, tuple(order), wanted=n) for i, (since, order, n) in enumerate(queue)]
    given_to = [0, 0, 0, 0]
    for _, proposal in serve_queue(waiting, dict(enumerate(people))):
        for chosen in proposal.chosen:
            given_to[chosen.person] += 1
    for more, before in zip(given_to, people, strict=True):
        assert more <= (before.room or 0)
