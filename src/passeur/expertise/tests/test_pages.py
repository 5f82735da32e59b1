"""The panel of a question, the aside of the ask page, the requests page: who sees what, and at what cost."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from passeur.communities.tests.factories import ManagerFactory, MembershipFactory, PrivateCommunityFactory
from passeur.conversations import services as conversations
from passeur.conversations.choices import Kind
from passeur.conversations.events import ConversationStarted
from passeur.conversations.tests.factories import ConversationFactory
from passeur.expertise import services
from passeur.expertise.choices import DeclineReason, ReferralState
from passeur.expertise.models import Referral
from passeur.expertise.tests.factories import (
    QueuedFactory,
    ReferralFactory,
    RoutingMeasureFactory,
    Town,
)
from passeur.foundation import events
from passeur.skills.tests.factories import DeclaredSkillFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    town = Town()
    town.theme("Données")
    town.theme("Jointures", "Données")
    return town


@pytest.fixture
def asked(town):
    town.expert("Mei Tran", "Jointures")
    town.known()
    return town.asked(town.member("Karim Haddad"), "Jointures sans clé ?", "Jointures")


def page(client, member, url, **headers):
    client.force_login(member)
    return client.get(url, headers=headers)


def text(response) -> str:
    """What the page says, with plain spaces."""
    return str(response.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def detail(conversation):
    return reverse("conversations:detail", args=[conversation.pk])


def test_the_lcm_sees_who_could_help_why_and_a_way_to_ask(client, town, asked):
    html = text(page(client, ManagerFactory.create(community=town.community).member, detail(asked)))
    assert "Qui pourrait aider, et pourquoi" in html
    assert "Solliciter Mei" in html
    assert "A répondu dans 3 échanges sur" in html


def test_a_plain_member_sees_who_was_asked_but_nobodys_load(client, town, asked):
    ReferralFactory.create(conversation=asked, member=town.member("Yann Kervella"))
    html = text(page(client, town.member("Simple Membre"), detail(asked)))
    assert "Yann Kervella" in html
    assert "Mei Tran" not in html
    assert "encore de la place" not in html


def test_asking_from_the_page_works_without_javascript(client, town, asked):
    lcm = ManagerFactory.create(community=town.community).member
    mei = town.community.memberships.get(member__name="Mei Tran").member
    client.force_login(lcm)
    response = client.post(reverse("expertise:refer", args=[asked.pk]), {"member": mei.pk})
    assert response.url == detail(asked)
    assert Referral.objects.get().asked_by_id == lcm.pk


def test_asking_as_a_fragment_gives_the_panel_back_with_focus_on_the_person(client, town, asked):
    client.force_login(asked.author)
    mei = town.community.memberships.get(member__name="Mei Tran").member
    response = client.post(
        reverse("expertise:refer", args=[asked.pk]), {"member": mei.pk}, headers={"HX-Request": "true"}
    )
    html = response.content.decode()
    assert html.lstrip().startswith('<section id="who-could-help">')
    assert "data-focus" in html
    assert "Retirer la demande à Mei" in html


def test_a_refusal_is_said_and_nothing_is_lost(client, town, asked):
    mei = town.community.memberships.get(member__name="Mei Tran").member
    mei.paused_until = timezone.localdate() + dt.timedelta(days=3)
    mei.save()
    client.force_login(asked.author)
    response = client.post(reverse("expertise:refer", args=[asked.pk]), {"member": mei.pk}, follow=True)
    assert "Mei Tran est en pause" in response.content.decode()
    assert not Referral.objects.exists()


def test_the_definition_gives_the_measured_accuracy_where_there_is_one(client, town, asked):
    lcm = ManagerFactory.create(community=town.community).member
    assert "Vérifié sur le passé" not in text(page(client, lcm, detail(asked)))
    RoutingMeasureFactory.create(community=town.community)
    html = text(page(client, lcm, detail(asked)))
    assert "dans 74 % des cas (de 68 à 80 %" in html


def test_accuracy_on_too_few_questions_is_not_shown(client, town, asked):
    RoutingMeasureFactory.create(
        community=town.community, report={"n": 49, "routing": {"any": {"hit@5": 0.9}}}
    )
    html = text(page(client, ManagerFactory.create(community=town.community).member, detail(asked)))
    assert "Vérifié sur le passé" not in html


def test_nobody_is_offered_while_those_whom_the_author_chose_are_being_told(client, town, run_jobs):
    town.expert("Mei Tran", "Jointures")
    town.known()
    karim, mei = town.member("Karim"), town.community.memberships.get(member__name="Mei Tran").member
    asked = conversations.start_conversation(
        community=town.community,
        kind=Kind.QUESTION,
        title="Jointures sans clé ?",
        body="Je bloque.",
        by=karim,
        themes=[town.themes["Jointures"]],
        invited=[mei.pk],
    )
    html = text(page(client, karim, detail(asked)))
    assert "les personnes choisies sont prévenues" in html
    assert "Solliciter Mei" not in html
    run_jobs()
    html = text(page(client, karim, detail(asked)))
    assert "Retirer la demande à Mei" in html
    assert "sont prévenues" not in html


def test_people_can_be_asked_after_a_while_whatever_waits(client, town):
    town.expert("Mei Tran", "Jointures")
    town.known()
    asked = town.asked(town.member("Karim"), "Jointures ?", "Jointures", days=1)
    events.publish(
        ConversationStarted(asked.pk, asked.community_id, Kind.QUESTION, asked.author_id, invited=[])
    )
    assert "Solliciter Mei" in text(page(client, asked.author, detail(asked)))


def test_a_queued_question_says_that_it_waits_its_turn(client, town, asked):
    QueuedFactory.create(conversation=asked)
    assert "attend son tour" in text(page(client, asked.author, detail(asked)))


def test_a_community_of_imported_people_is_offered_an_invitation(client, town):
    town.expert("hopper", "Jointures", email=None, handle=None)
    town.known()
    asked = town.asked(town.member("Karim"), "Jointures ?", "Jointures")
    html = text(page(client, ManagerFactory.create(community=town.community).member, detail(asked)))
    assert "viennent d’un import" in html
    assert reverse("communities:invite", args=[town.community.slug]) in html
    assert "N’a pas de compte" in html


@pytest.mark.parametrize("name", ["refer", "accept", "decline", "withdraw", "who"])
def test_a_stranger_finds_nothing(client, name):
    conversation = ConversationFactory.create(community=PrivateCommunityFactory())
    referral = ReferralFactory.create(conversation=conversation)
    client.force_login(MembershipFactory.create().member)
    key = {"refer": conversation.pk, "who": conversation.community.slug}.get(name, referral.pk)
    url = reverse(f"expertise:{name}", args=[key])
    response = client.get(url) if name in ("decline", "who") else client.post(url)
    assert response.status_code == 404


@pytest.mark.parametrize("name", ["accept", "decline"])
def test_nobody_decides_for_somebody_else(client, town, asked, name):
    referral = ReferralFactory.create(conversation=asked)
    client.force_login(town.member("Curieuse"))
    assert client.post(reverse(f"expertise:{name}", args=[referral.pk])).status_code == 403


def test_who_may_not_ask_may_not_take_back(client, town, asked):
    referral = ReferralFactory.create(conversation=asked)
    client.force_login(town.member("Curieuse"))
    assert client.post(reverse("expertise:withdraw", args=[referral.pk])).status_code == 403


def test_my_requests_say_why_me_in_words_to_me(client, town, asked):
    mei = town.community.memberships.get(member__name="Mei Tran").member
    services.refer(conversation=asked, to=mei, by=asked.author)
    html = text(page(client, mei, reverse("expertise:referrals")))
    assert "Vous avez répondu dans 3 échanges sur" in html.replace("\u00a0", " ")
    assert "Karim a pensé à vous en posant sa question." in html


def test_accepting_is_noted_and_the_request_stays(client, town, asked):
    referral = ReferralFactory.create(conversation=asked, member=town.member("Mei"))
    client.force_login(referral.member)
    client.post(reverse("expertise:accept", args=[referral.pk]))
    referral.refresh_from_db()
    assert referral.state == ReferralState.ACCEPTED
    assert "vous avez dit oui" in client.get(reverse("expertise:referrals")).content.decode()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "reason"),
        ({"reason": "absent"}, "until"),
        ({"reason": "absent", "until": "2001-01-01"}, "until"),
        ({"reason": "someone_better"}, "better"),
        ({"reason": "someone_better", "better": "Personne Dunom"}, "better"),
    ],
)
def test_a_no_that_lacks_something_says_what(client, town, asked, sent, field):
    referral = ReferralFactory.create(conversation=asked, member=town.member("Mei"))
    client.force_login(referral.member)
    response = client.post(reverse("expertise:decline", args=[referral.pk]), sent)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_a_no_with_a_name_passes_the_question_to_that_person(client, town, asked, run_jobs):
    referral = ReferralFactory.create(conversation=asked, member=town.member("Mei"))
    pawel = town.member("Paweł Nowak")
    client.force_login(referral.member)
    client.post(
        reverse("expertise:decline", args=[referral.pk]),
        {"reason": DeclineReason.SOMEONE_BETTER, "better": "pawel nowak", "words": "Il anime la capsule."},
    )
    run_jobs()
    assert Referral.objects.exclude(pk=referral.pk).get().member == pawel


def test_deciding_too_late_is_said(client, town, asked):
    referral = ReferralFactory.create(
        conversation=asked, member=town.member("Mei"), state=ReferralState.EXPIRED
    )
    client.force_login(referral.member)
    response = client.post(reverse("expertise:accept", args=[referral.pk]), follow=True)
    assert "n’attend plus de décision" in response.content.decode()


def test_with_nothing_asked_the_page_says_what_to_do_next(client, town):
    html = text(page(client, town.member("Mei"), reverse("expertise:referrals")))
    assert "Aucune demande en ce moment" in html
    assert "state=waiting" in html


def test_the_ask_page_follows_what_is_typed(client, town, asked):
    writer = town.member("Anaïs Roche")
    url = reverse("expertise:who", args=[town.community.slug])
    assert "Écrivez votre question" in text(page(client, writer, url))
    theme = town.themes["Jointures"].pk
    html = text(page(client, writer, f"{url}?title=Jointures&themes={theme}"))
    assert 'name="invited"' in html
    assert 'form="start-form" checked' in html


def test_whom_the_writer_unticked_stays_unticked(client, town, asked):
    mei = town.community.memberships.get(member__name="Mei Tran").member
    url = reverse("expertise:who", args=[town.community.slug])
    html = text(page(client, town.member("Anaïs"), f"{url}?title=Jointures&offered={mei.pk}"))
    assert f'value="{mei.pk}" form="start-form">' in html


def test_without_javascript_the_ask_page_shows_people_for_the_theme_of_the_address(client, town, asked):
    url = reverse("conversations:start", args=[town.community.slug, "question"])
    html = text(page(client, town.member("Anaïs"), f"{url}?theme={town.themes['Jointures'].slug}"))
    assert "Mei Tran" in html


def test_authors_carry_what_they_have_shown_on_this_subject(client, town, asked):
    mei = town.community.memberships.get(member__name="Mei Tran").member
    town.answered(asked, mei)
    html = text(page(client, town.member("Lectrice"), detail(asked)))
    assert "Jointures, démontrée" in html


def test_a_profile_shows_what_a_person_has_shown_where_the_reader_may_see(client, town, asked):
    mei = town.community.memberships.get(member__name="Mei Tran").member
    url = reverse("accounts:profile", args=[mei.pk])
    assert "3 réponses acceptées" in text(page(client, town.member("Lectrice"), url))


def test_a_theme_that_is_shown_and_declared_stands_once_in_the_profile(client, town, asked):
    mei = town.community.memberships.get(member__name="Mei Tran").member
    DeclaredSkillFactory.create(member=mei, theme=town.themes["Jointures"])
    html = text(page(client, town.member("Lectrice"), reverse("accounts:profile", args=[mei.pk])))
    assert html.count(">Jointures<") == 1
    assert "déclaré" not in html


def test_the_navigation_counts_open_requests(client, town, asked):
    member = town.member("Mei")
    ReferralFactory.create(conversation=asked, member=member)
    html = text(page(client, member, reverse("expertise:referrals")))
    assert '<span class="n">' in html


@pytest.mark.parametrize("many", [1, 6])
def test_my_requests_cost_the_same_whatever_their_number(client, town, django_assert_max_num_queries, many):
    member = town.member("Mei")
    for n in range(many):
        ReferralFactory.create(conversation=town.asked(town.member(f"Qui {n}"), "Quoi ?"), member=member)
        ReferralFactory.create(
            conversation=town.asked(town.member(f"Qui encore {n}"), "Quoi ?"), member=member, state="answered"
        )
    client.force_login(member)
    with django_assert_max_num_queries(16):
        client.get(reverse("expertise:referrals"))


def test_the_page_of_a_question_costs_the_same_whatever_the_number_of_people(client, town):
    def cost(many):
        title = f"Jointures {many} ?"
        asked = town.asked(town.member("Karim"), title, "Jointures")
        services.learn(town.community.pk, asked.pk)
        for n in range(many):
            ReferralFactory.create(conversation=asked, member=town.member(f"Sollicité {n}"))
        services.write_listing(asked)
        client.force_login(asked.author)
        client.get(detail(asked))
        with CaptureQueriesContext(connection) as found:
            assert "Solliciter" in text(client.get(detail(asked)))
        return len(found)

    for n in range(6):
        town.expert(f"Expert {n}", "Jointures", times=1)
    town.known()
    assert cost(1) == cost(6)


def test_who_will_be_told_costs_the_same_whatever_the_number_of_people(client, town):
    url = reverse("expertise:who", args=[town.community.slug])
    client.force_login(town.member("Anaïs"))

    def cost():
        town.known()
        with CaptureQueriesContext(connection) as found:
            assert "Expert" in text(client.post(url, {"title": "Jointures"}))
        return len(found)

    town.expert("Expert seul", "Jointures", times=1)
    alone = cost()
    for n in range(5):
        town.expert(f"Expert {n}", "Jointures", times=1)
    assert cost() <= alone


def test_why_somebody_declined_is_for_the_lcm_alone(client, town, asked):
    mei = town.community.memberships.get(member__name="Mei Tran").member
    ReferralFactory.create(
        conversation=asked, member=mei, state=ReferralState.DECLINED,
        decline_reason=DeclineReason.NO_TIME, decline_words="Clôture du mois.",
    )  # fmt: skip
    lcm = ManagerFactory.create(community=town.community).member
    assert "Clôture du mois." in text(page(client, lcm, detail(asked)))
    assert "Clôture du mois." not in text(page(client, asked.author, detail(asked)))
