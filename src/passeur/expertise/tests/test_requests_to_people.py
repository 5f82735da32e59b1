"""Requests to people, one rule a test (TRAPS, Routing)."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from passeur.accounts.tests.factories import ImportedMemberFactory
from passeur.communities.choices import Role
from passeur.communities.tests.factories import ManagerFactory, MembershipFactory
from passeur.conversations import services as conversations
from passeur.conversations.choices import ClosedReason, Kind
from passeur.expertise import queries, services
from passeur.expertise.choices import DeclineReason, Obstacle, ReferralState
from passeur.expertise.errors import AlreadyDecided, CannotBeAsked, NothingToRefer
from passeur.expertise.models import Queued, Referral
from passeur.expertise.tests.factories import QueuedFactory, ReferralFactory, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    town = Town()
    town.community.quiet_from = town.community.quiet_until = dt.time(0)
    town.community.save()
    town.theme("Données")
    town.theme("Jointures", "Données")
    town.theme("Stocks")
    return town


@pytest.fixture
def lcm(town):
    return ManagerFactory.create(community=town.community).member


@pytest.fixture
def asker(town):
    return town.member("Karim Haddad")


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def names(candidates):
    return [candidate.member.name for candidate in candidates]


def carries(person, times, **fields):
    for _ in range(times):
        ReferralFactory.create(member=person, **fields)


LONG_AGO = timezone.now() - dt.timedelta(days=30)


def test_the_cap_counts_open_work_whenever_it_was_asked(town, asker, lcm):
    mei = town.expert("Mei Tran", "Jointures", weekly_cap=2)
    town.known()
    asked = town.asked(asker, "Jointures sans clé ?", "Jointures")
    carries(mei, 2, made_at=LONG_AGO, state=ReferralState.ACCEPTED)
    with pytest.raises(CannotBeAsked) as refusal:
        services.refer(conversation=asked, to=mei, by=lcm)
    assert refusal.value.obstacle == Obstacle.FULL
    Referral.objects.update(state=ReferralState.ANSWERED)
    assert services.refer(conversation=asked, to=mei, by=lcm).position == 1


def test_the_cap_counts_what_was_asked_this_week_whatever_became_of_it(town, asker, lcm):
    mei = town.expert("Mei Tran", "Jointures", weekly_cap=2)
    town.known()
    asked = town.asked(asker, "Jointures sans clé ?", "Jointures")
    carries(mei, 2, state=ReferralState.DECLINED)
    with pytest.raises(CannotBeAsked) as refusal:
        services.refer(conversation=asked, to=mei, by=lcm)
    assert refusal.value.obstacle == Obstacle.WEEK_FULL
    (candidate,) = queries.candidates_for(asked)
    assert (candidate.available, candidate.why_not_words) == (False, "Complet jusqu’à lundi")


def test_a_request_that_was_taken_back_does_not_count(town, asker, lcm):
    mei = town.expert("Mei Tran", "Jointures", weekly_cap=1)
    town.known()
    asked = town.asked(asker, "Jointures sans clé ?", "Jointures")
    services.withdraw(referral=services.refer(conversation=asked, to=mei, by=lcm), by=lcm)
    assert services.refer(conversation=asked, to=mei, by=lcm).is_open


@pytest.mark.parametrize(
    ("fields", "obstacle"),
    [
        ({"paused_until": dt.date(2999, 1, 1)}, Obstacle.PAUSED),
        ({"receives_questions": False}, Obstacle.NOT_RECEIVING),
        ({"weekly_cap": 0}, Obstacle.NOT_RECEIVING),
        ({"is_active": False}, Obstacle.NO_ACCOUNT),
        ({"email": None}, Obstacle.NO_ACCOUNT),
    ],
)
def test_who_is_absent_or_wants_no_questions_or_has_no_account_is_not_asked(
    town, asker, lcm, fields, obstacle
):
    mei = town.expert("Mei Tran", "Jointures", **fields)
    town.known()
    asked = town.asked(asker, "Jointures sans clé ?", "Jointures")
    (candidate,) = queries.candidates_for(asked)
    assert (candidate.available, candidate.why_not) == (False, obstacle)
    assert queries.considered_for(asked).people == []
    with pytest.raises(CannotBeAsked):
        services.refer(conversation=asked, to=mei, by=lcm)


def test_a_pause_ends_with_its_last_day(town, asker):
    town.expert("Mei Tran", "Jointures", paused_until=timezone.localdate() - dt.timedelta(days=1))
    town.known()
    assert queries.candidates_for(town.asked(asker, "Jointures sans clé ?", "Jointures"))[0].available


def test_who_left_the_community_is_not_asked(town, asker):
    mei = town.expert("Mei Tran", "Jointures")
    town.known()
    mei.memberships.update(left_at=timezone.now())
    (candidate,) = queries.candidates_for(town.asked(asker, "Jointures sans clé ?", "Jointures"))
    assert candidate.why_not == Obstacle.LEFT


def test_erased_people_and_machines_are_not_even_named(town, asker):
    mei = town.expert("Mei Tran", "Jointures")
    town.known()
    mei.erased_at = timezone.now()
    mei.save()
    assert queries.candidates_for(town.asked(asker, "Jointures sans clé ?", "Jointures")) == []


def test_a_community_of_imported_people_says_that_nobody_has_an_account(town, asker):
    town.expert("hopper", "Jointures", email=None, handle=None)
    town.known()
    assert queries.considered_for(town.asked(asker, "Jointures ?", "Jointures")).nobody_has_an_account


def test_the_narrow_expert_comes_before_the_broad_one(town, asker):
    town.expert("Large Savoir", "Données", times=6)
    town.expert("Mei Tran", "Jointures", times=4)
    town.known()
    asked = town.asked(asker, "Un cas jamais vu", "Jointures", body="Rien de commun.")
    assert names(queries.candidates_for(asked))[0] == "Mei Tran"


def test_reasons_are_true_of_the_record(town, asker):
    town.expert("Mei Tran", "Jointures", times=3)
    town.known()
    (mei,) = queries.candidates_for(town.asked(asker, "Un cas jamais vu", "Jointures", body="Rien."))
    assert "A répondu à 3 questions sur « Jointures », dont 3 réponses acceptées" in map(plain, mei.reasons)
    assert plain(mei.why).endswith("encore de la place pour 3 demandes cette semaine.")
    assert "%" not in mei.why


def test_who_says_they_know_a_theme_comes_after_evidence(town, asker):
    from passeur.skills.tests.factories import DeclaredSkillFactory

    town.expert("Mei Tran", "Jointures")
    town.known()
    DeclaredSkillFactory.create(member=town.member("Aïssatou Diop"), theme=town.themes["Jointures"])
    found = queries.candidates_for(town.asked(asker, "Jointures ?", "Jointures"))
    assert names(found) == ["Mei Tran", "Aïssatou Diop"]
    assert [plain(reason) for reason in found[1].reasons] == ["Dit pouvoir aider sur « Jointures »"]


def test_a_stranger_asks_nobody_and_reads_no_load(town, asker):
    mei = town.expert("Mei Tran", "Jointures")
    town.known()
    asked = town.asked(asker, "Jointures ?", "Jointures")
    stranger = MembershipFactory.create().member
    with pytest.raises(PermissionDenied):
        services.refer(conversation=asked, to=mei, by=stranger)
    shown = queries.panel(asked, town.member("Simple membre"))
    assert (shown.people, shown.can_refer, shown.accuracy) == ([], False, None)


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
    services.refer(conversation=town.asked(asker, "Jointures sans clé ?", "Jointures"), to=mei, by=lcm)
    run_jobs()
    (sent,) = mail.outbox
    assert sent.to == [mei.email]
    assert "Jointures sans clé ?" in sent.subject
    assert "Jointures" in sent.body
    assert services.send_due() == 0


def test_no_mail_in_the_quiet_hours_of_the_person(town, asker, lcm, run_jobs):
    town.community.quiet_from, town.community.quiet_until = dt.time(0), dt.time(23, 59)
    town.community.save()
    made = services.refer(
        conversation=town.asked(asker, "Jointures ?", "Jointures"), to=town.member("Mei Tran"), by=lcm
    )
    run_jobs()
    assert mail.outbox == []
    assert made.mail_at > made.made_at
    Referral.objects.update(mail_at=timezone.now())
    assert services.send_due() == 1


def test_a_member_who_is_found_to_be_an_imported_one_carries_their_evidence(town, asker, run_jobs):
    from passeur.accounts import services as accounts

    imported = ImportedMemberFactory.create(name="hopper")
    MembershipFactory.create(community=town.community, member=imported)
    curious = town.member("Curieux")
    for n in range(3):
        town.answered(town.asked(curious, f"Cas {n}", "Jointures", days=9), imported, accepted=True)
    town.known()
    grace = town.member("Grace Hopper")
    accounts.merge_members(source=imported, target=grace, proof="mon code", by=grace)
    run_jobs()
    from passeur.expertise.models import Evidence

    Evidence.objects.update(stale_at=timezone.now() - dt.timedelta(minutes=5))
    services.rebuild_due()
    (candidate,) = queries.candidates_for(town.asked(asker, "Jointures ?", "Jointures"))
    assert (candidate.member, candidate.available) == (grace, True)


def test_a_list_for_many_questions_asks_a_fixed_number_of_queries(town, asker, django_assert_max_num_queries):
    town.expert("Mei Tran", "Jointures")
    town.known()
    asked = [town.asked(asker, f"Jointures {n} ?", "Jointures") for n in range(6)]
    for conversation in asked:
        services.write_listing(conversation)
    with django_assert_max_num_queries(6):
        best = queries.best_for(asked)
    assert {candidate.member.name for candidate in best.values()} == {"Mei Tran"}
    assert len(best) == 6


def test_the_last_request_about_a_question_that_still_waits_is_for_the_desk(town, asker, lcm):
    asked = town.asked(asker, "Jointures ?", "Jointures")
    made = services.refer(conversation=asked, to=town.member("Mei Tran"), by=lcm)
    assert queries.ended_without_answer([town.community]) == []
    Referral.objects.update(state=ReferralState.EXPIRED, decided_at=timezone.now())
    assert queries.ended_without_answer([town.community]) == [made]
    town.answered(asked, town.member("Autre"))
    assert queries.ended_without_answer([town.community]) == []


def test_nobody_is_put_forward_in_more_than_their_share_of_lists(town, asker):
    for n in range(12):
        town.expert(f"Expert {n}", "Jointures", times=2)
    star = town.expert("Star Connue", "Jointures", times=12)
    town.known()
    shown = []
    for n in range(30):
        asked = town.asked(asker, f"Cas {n}", "Jointures")
        shown.append([c.member for c in queries.considered_for(asked).people])
        services.write_listing(asked)
    assert sum(star in people for people in shown) <= 0.5 * len(shown)
    assert all(len(people) == 5 for people in shown)


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
