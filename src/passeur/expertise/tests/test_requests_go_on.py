"""What becomes of a request: answered, declined, expired, queued; never left alone."""

import datetime as dt

import pytest
from django.utils import timezone

from passeur.conversations import services as conversations
from passeur.conversations.choices import ClosedReason
from passeur.expertise import queries, services
from passeur.expertise.choices import DeclineReason, ReferralState
from passeur.expertise.errors import AlreadyDecided
from passeur.expertise.models import Queued, Referral
from passeur.expertise.tests.factories import QueuedFactory

pytestmark = pytest.mark.django_db


def names(candidates):
    return [candidate.member.name for candidate in candidates]


LONG_AGO = timezone.now() - dt.timedelta(days=30)


def test_a_request_that_expires_goes_to_the_next_person(town, asker, lcm, run_jobs):
    mei, aissatou = town.expert("Mei Tran", "Jointures", times=5), town.expert("Aïssatou Diop", "Jointures")
    town.known()
    asked = town.asked(asker, "Jointures sans clé ?", "Jointures")
    first = services.refer(conversation=asked, to=mei, by=lcm)
    assert services.expire_due() == 0
    Referral.objects.update(expires_at=timezone.now())
    assert services.expire_due() == 1
    run_jobs()
    first.refresh_from_db()
    second = Referral.objects.exclude(pk=first.pk).get()
    assert (first.state, second.member, second.position) == (ReferralState.EXPIRED, aissatou, 2)
    assert second.asked_by is None


def test_the_time_to_answer_stands_still_in_quiet_hours(town, asker, lcm):
    town.community.quiet_from, town.community.quiet_until = dt.time(18), dt.time(8)
    town.community.time_zone = "UTC"
    town.community.save()
    asked = town.asked(asker, "Jointures ?", "Jointures")
    made = services.refer(conversation=asked, to=town.member("Mei Tran"), by=lcm)
    assert made.expires_at - made.made_at >= dt.timedelta(hours=26)


def test_who_declines_is_not_asked_again_and_the_next_one_is(town, asker, lcm, run_jobs):
    mei, aissatou = town.expert("Mei Tran", "Jointures", times=5), town.expert("Aïssatou Diop", "Jointures")
    town.known()
    asked = town.asked(asker, "Jointures sans clé ?", "Jointures")
    made = services.refer(conversation=asked, to=mei, by=lcm)
    services.decline_referral(referral=made, reason=DeclineReason.NO_TIME, by=mei)
    run_jobs()
    assert [r.member for r in queries.referrals_on(asked)] == [mei, aissatou]
    with pytest.raises(AlreadyDecided):
        services.accept_referral(referral=made, by=mei)


def test_not_my_subject_teaches_and_is_forgotten_over_time(town, asker, lcm):
    mei, aissatou = town.expert("Mei Tran", "Jointures", times=4), town.expert("Aïssatou Diop", "Jointures")
    town.known()
    before = town.asked(asker, "Jointures sans clé ?", "Jointures")
    assert names(queries.candidates_for(before))[0] == mei.name
    made = services.refer(conversation=before, to=mei, by=lcm)
    services.decline_referral(referral=made, reason=DeclineReason.NOT_MY_SUBJECT, by=mei)
    later = town.asked(asker, "Jointures, encore ?", "Jointures")
    assert names(queries.candidates_for(later))[0] == aissatou.name
    Referral.objects.update(decided_at=timezone.now() - dt.timedelta(days=1500))
    assert names(queries.candidates_for(later))[0] == mei.name


@pytest.mark.parametrize(
    "reason", [DeclineReason.NO_TIME, DeclineReason.ABSENT, DeclineReason.SOMEONE_BETTER]
)
def test_the_other_reasons_teach_nothing_about_what_one_knows(town, asker, lcm, reason):
    mei = town.expert("Mei Tran", "Jointures", times=4)
    town.expert("Aïssatou Diop", "Jointures")
    town.known()
    made = services.refer(conversation=town.asked(asker, "Jointures ?", "Jointures"), to=mei, by=lcm)
    services.decline_referral(referral=made, reason=reason, by=mei)
    assert names(queries.candidates_for(town.asked(asker, "Encore ?", "Jointures")))[0] == mei.name


def test_an_absence_makes_a_pause(town, asker, lcm):
    mei = town.member("Mei Tran")
    made = services.refer(conversation=town.asked(asker, "Jointures ?", "Jointures"), to=mei, by=lcm)
    until = timezone.localdate() + dt.timedelta(days=9)
    services.decline_referral(referral=made, reason=DeclineReason.ABSENT, until=until, by=mei)
    mei.refresh_from_db()
    assert mei.paused_until == until


def test_who_is_named_as_better_is_asked_next(town, asker, lcm, run_jobs):
    mei, named = town.expert("Mei Tran", "Jointures"), town.member("Paweł Nowak")
    town.expert("Aïssatou Diop", "Jointures")
    town.known()
    asked = town.asked(asker, "Jointures ?", "Jointures")
    made = services.refer(conversation=asked, to=mei, by=lcm)
    services.decline_referral(referral=made, reason=DeclineReason.SOMEONE_BETTER, better=named, by=mei)
    run_jobs()
    second = queries.referrals_on(asked)[1]
    assert second.member == named
    assert second.reasons[0] == {"kind": "named", "by": "Mei Tran"}


def test_answering_closes_the_request(town, asker, lcm, run_jobs):
    mei = town.member("Mei Tran")
    asked = town.asked(asker, "Jointures ?", "Jointures")
    made = services.refer(conversation=asked, to=mei, by=lcm)
    services.accept_referral(referral=made, by=mei)
    conversations.contribute(conversation=asked, body="Prenez la clé.", by=mei)
    run_jobs()
    made.refresh_from_db()
    assert made.state == ReferralState.ANSWERED
    assert not queries.open_referrals_of(mei)


def test_closing_the_question_frees_those_who_were_asked(town, asker, lcm, run_jobs):
    services.learn(town.community.pk, (asked := town.asked(asker, "Jointures ?", "Jointures")).pk)
    made = services.refer(conversation=asked, to=town.member("Mei Tran"), by=lcm)
    conversations.close(conversation=asked, reason=ClosedReason.OBSOLETE, by=asker)
    run_jobs()
    made.refresh_from_db()
    assert made.state == ReferralState.WITHDRAWN


def test_with_nobody_free_the_question_is_queued_and_asked_when_room_appears(town, asker, lcm, run_jobs):
    mei = town.expert("Mei Tran", "Jointures", weekly_cap=1)
    town.known()
    first, second = (town.asked(asker, f"Jointures {n} ?", "Jointures") for n in (1, 2))
    made = services.refer(conversation=first, to=mei, by=lcm)
    Referral.objects.update(made_at=LONG_AGO)
    assert services.pass_on(second) is None
    assert [queued.conversation for queued in queries.queued([town.community])] == [second]
    services.withdraw(referral=made, by=lcm)
    run_jobs()
    assert queries.referrals_on(second).get().member == mei
    assert not Queued.objects.exists()


def test_the_queue_is_served_oldest_question_first(town, asker):
    mei = town.expert("Mei Tran", "Jointures", weekly_cap=1)
    town.known()
    newer = town.asked(asker, "Récente", "Jointures", days=1)
    older = town.asked(asker, "Ancienne", "Jointures", days=5)
    QueuedFactory.create(conversation=newer)
    QueuedFactory.create(conversation=older)
    assert services.serve_queue() == 1
    assert Referral.objects.get().conversation == older
    assert Referral.objects.get().member == mei
    assert [queued.conversation for queued in Queued.objects.all()] == [newer]


def test_somebody_who_returns_serves_the_queue(town, asker, run_jobs):
    mei = town.expert("Mei Tran", "Jointures", paused_until=dt.date(2999, 1, 1))
    town.known()
    asked = town.asked(asker, "Jointures ?", "Jointures")
    assert services.pass_on(asked) is None
    services.deciding.pause(mei, timezone.localdate() - dt.timedelta(days=1))
    run_jobs()
    assert Referral.objects.get().member == mei


def test_the_last_request_about_a_question_that_still_waits_is_for_the_desk(town, asker, lcm):
    asked = town.asked(asker, "Jointures ?", "Jointures")
    made = services.refer(conversation=asked, to=town.member("Mei Tran"), by=lcm)
    assert queries.ended_without_answer([asked.pk]) == []
    Referral.objects.update(state=ReferralState.EXPIRED, decided_at=timezone.now())
    assert queries.ended_without_answer([asked.pk]) == [made]
    town.answered(asked, town.member("Autre"))
    assert queries.ended_without_answer([asked.pk]) == []


def test_what_somebody_absent_has_not_said_yes_to_goes_on(town, asker, lcm, run_jobs):
    mei, aissatou = town.expert("Mei Tran", "Jointures", times=5), town.expert("Aïssatou Diop", "Jointures")
    town.known()
    asked, promised = (town.asked(asker, f"Jointures {n} ?", "Jointures") for n in (1, 2))
    services.refer(conversation=asked, to=mei, by=lcm)
    kept = services.refer(conversation=promised, to=mei, by=lcm)
    services.accept_referral(referral=kept, by=mei)
    services.deciding.pause(mei, timezone.localdate() + dt.timedelta(days=5))
    run_jobs()
    assert [r.member for r in queries.referrals_on(asked)] == [mei, aissatou]
    kept.refresh_from_db()
    assert kept.state == ReferralState.ACCEPTED


def test_what_a_leaver_was_asked_goes_on(town, asker, lcm, run_jobs):
    from passeur.communities import services as communities

    mei, aissatou = town.expert("Mei Tran", "Jointures", times=5), town.expert("Aïssatou Diop", "Jointures")
    town.known()
    asked = town.asked(asker, "Jointures ?", "Jointures")
    services.refer(conversation=asked, to=mei, by=lcm)
    communities.leave(community=town.community, member=mei)
    run_jobs()
    assert [r.member for r in queries.referrals_on(asked)] == [mei, aissatou]
