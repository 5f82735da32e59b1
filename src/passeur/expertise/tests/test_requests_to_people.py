"""Taking a question to somebody: who may, whom it reaches, how they are told."""

import datetime as dt

import pytest
from django.core import mail

from passeur.communities.choices import Role
from passeur.communities.tests.factories import MembershipFactory
from passeur.conversations import services as conversations
from passeur.conversations.choices import Kind
from passeur.expertise import queries, services
from passeur.expertise.errors import NothingToRefer
from passeur.expertise.models import Referral
from passeur.notifications.tests.factories import post, tuesday

pytestmark = pytest.mark.django_db


def test_the_asker_the_lcm_and_experts_ask_people(town, asker, lcm):
    town.known()
    asked = town.asked(asker, "Jointures ?", "Jointures")
    expert = MembershipFactory.create(community=town.community, role=Role.EXPERT).member
    for n, by in enumerate([asker, lcm, expert]):
        assert services.refer(conversation=asked, to=town.member(f"Voisin {n}"), by=by).asked_by == by


def test_nobody_is_asked_about_what_needs_no_answer(town, asker, lcm):
    mei = town.expert("Mei Tran", "Jointures")
    asked = town.asked(asker, "Jointures ?", "Jointures")
    town.answered(asked, town.member("Autre"), accepted=True)
    with pytest.raises(NothingToRefer):
        services.refer(conversation=asked, to=mei, by=lcm)


def test_those_whom_the_asker_ticked_are_asked_three_at_most(town, asker, run_jobs):
    experts = [town.expert(f"Expert {n}", "Jointures") for n in range(5)]
    town.known()
    asked = conversations.start_conversation(
        community=town.community, kind=Kind.QUESTION, title="Jointures ?", body="Je bloque.", by=asker,
        themes=[town.themes["Jointures"]], invited=[*(e.pk for e in experts), asker.pk, 10**6],
    )  # fmt: skip
    run_jobs()
    made = queries.referrals_on(asked)
    assert [r.member for r in made] == experts[:3]
    assert all(r.asked_by == asker and r.reasons for r in made)


def test_nobody_beyond_candidates_is_asked_because_a_form_says_so(town, asker, run_jobs):
    outsider = MembershipFactory.create().member
    conversations.start_conversation(
        community=town.community, kind=Kind.QUESTION, title="Jointures ?", body="Je bloque.", by=asker,
        invited=[outsider.pk],
    )  # fmt: skip
    run_jobs()
    assert not Referral.objects.exists()


def test_a_question_without_ticks_asks_nobody_by_itself(town, asker, run_jobs):
    town.expert("Mei Tran", "Jointures")
    town.known()
    conversations.start_conversation(
        community=town.community, kind=Kind.QUESTION, title="Jointures ?", body="Je bloque.", by=asker,
        themes=[town.themes["Jointures"]],
    )  # fmt: skip
    run_jobs()
    assert not Referral.objects.exists()


def test_the_person_is_told_by_mail_in_their_language_with_the_reason(town, asker, lcm, run_jobs):
    mei = town.expert("Mei Tran", "Jointures", language="en")
    town.known()
    made = services.refer(conversation=town.asked(asker, "Jointures sans clé ?", "Jointures"), to=mei, by=lcm)
    run_jobs()
    post()
    (sent,) = mail.outbox
    assert sent.to == [mei.email]
    assert "Jointures sans clé ?" in sent.subject
    assert "“Jointures”" in sent.body
    run_jobs()
    made.refresh_from_db()
    assert made.mailed_at is not None
    services.tell(made.pk)
    assert post() == 0


def test_no_mail_in_the_quiet_hours_of_the_person(town, asker, lcm, run_jobs):
    services.refer(
        conversation=town.asked(asker, "Jointures ?", "Jointures"), to=town.member("Mei Tran"), by=lcm
    )
    run_jobs()
    assert post(tuesday(21)) == 0
    assert post(tuesday(9) + dt.timedelta(days=1)) == 1


def test_no_mail_about_a_question_that_needs_nobody_any_more(town, asker, lcm, run_jobs):
    asked = town.asked(asker, "Jointures ?", "Jointures")
    services.refer(conversation=asked, to=town.member("Mei Tran"), by=lcm)
    run_jobs()
    town.answered(asked, town.member("Autre"), accepted=True)
    assert post() == 0


def test_no_mail_about_a_request_that_was_taken_back(town, asker, lcm, run_jobs):
    made = services.refer(
        conversation=town.asked(asker, "Jointures ?", "Jointures"), to=town.member("Mei Tran"), by=lcm
    )
    run_jobs()
    services.withdraw(referral=made, by=lcm)
    assert post() == 0
