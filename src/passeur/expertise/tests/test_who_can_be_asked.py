"""Whom routing puts forward, and who cannot be asked now, one rule a test (TRAPS, Routing)."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from passeur.accounts.tests.factories import ImportedMemberFactory
from passeur.communities.tests.factories import MembershipFactory
from passeur.expertise import queries, services
from passeur.expertise.choices import Obstacle, ReferralState
from passeur.expertise.errors import CannotBeAsked
from passeur.expertise.models import Referral
from passeur.expertise.tests.factories import ReferralFactory

pytestmark = pytest.mark.django_db


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
    assert "A répondu dans 3 échanges sur « Jointures », dont 3 réponses acceptées" in map(plain, mei.reasons)
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
    with django_assert_max_num_queries(8):
        best = queries.best_for(asked)
    assert {candidate.member.name for candidate in best.values()} == {"Mei Tran"}
    assert len(best) == 6


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


def test_the_page_of_a_question_and_a_list_of_many_put_forward_the_same_person(town, asker):
    for n in range(7):
        town.expert(f"Expert {n}", "Jointures", times=2 + n)
    town.known()
    asked = [town.asked(asker, f"Cas {n}", "Jointures", days=-n / 100) for n in range(8)]
    for conversation in asked:
        services.write_listing(conversation)
    best = queries.best_for(asked)
    for conversation in asked:
        assert queries.considered_for(conversation).people[0].member == best[conversation.pk].member
    assert len({candidate.member for candidate in best.values()}) > 1
