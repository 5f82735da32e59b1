"""Replies within the goal, and what became of questions."""

import math

from passeur.algorithms.measures.response import Outcomes, within_goal

NEVER = math.nan


def test_only_questions_whose_goal_has_passed_are_judged():
    # Now is 10. In time; late; never; not due yet, though replied.
    share = within_goal([3, 9, NEVER, 9.5], [4, 6, 8, 20], now=10)
    assert (share.count, share.of) == (1, 3)


def test_a_reply_on_the_stroke_is_in_time():
    assert within_goal([4], [4], now=4).value == 1.0


def test_nothing_due_is_no_figure():
    assert within_goal([], [], now=0).value is None


def test_resolved_is_accepted_or_closed_so_and_unanswered_has_its_share_of_all():
    outcomes = Outcomes(asked=20, accepted=7, closed_as_resolved=2, waiting_past_goal=3)
    assert outcomes.resolved.value == 0.45
    assert outcomes.unanswered.value == 0.15
