"""Two people meet when both say yes; who said no is nobody's to know."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.choices import Role
from passeur.communities.tests.factories import (
    CommunityFactory,
    ManagerFactory,
    MembershipFactory,
    PrivateCommunityFactory,
)
from passeur.conversations.tests.factories import ContributionFactory, question
from passeur.notifications.protocols import Told
from passeur.skills.tests.factories import InterestFactory, ThemeFactory

from .. import errors, notices, policies, queries, services
from ..choices import Answer, State, Why
from ..models import Introduction
from .factories import IntroductionFactory, MessageFactory, OpenIntroductionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return PrivateCommunityFactory.create()


@pytest.fixture
def naima(community):
    return ManagerFactory.create(community=community).member


def person(community, name, **fields):
    return MembershipFactory.create(
        community=community, member=MemberFactory.create(name=name, **fields)
    ).member


@pytest.fixture
def karim(community):
    return person(community, "Karim Haddad")


@pytest.fixture
def sofia(community):
    return person(community, "Sofia Marques")


@pytest.fixture
def proposal(community, naima, karim, sofia):
    return services.propose(
        community=community, first=sofia, second=karim, by=naima, reason="Vous tenez tous deux un stock."
    )


def after_two_weeks(monkeypatch):
    later = timezone.now() + dt.timedelta(days=14, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)


# Proposing


@pytest.mark.parametrize("role", [Role.MEMBER, Role.EXPERT, Role.TRAINING_MANAGER])
def test_only_the_lcm_proposes(community, karim, sofia, role):
    by = MembershipFactory.create(community=community, role=role).member
    with pytest.raises(PermissionDenied):
        services.propose(community=community, first=karim, second=sofia, by=by, reason="Parce que.")


def test_a_manager_says_why(community, naima, karim, sofia):
    with pytest.raises(errors.NoReason):
        services.propose(community=community, first=karim, second=sofia, by=naima, reason="  ")


def test_nobody_is_proposed_who_would_rather_not(community, naima, karim, sofia):
    sofia.introducible = False
    sofia.save()
    with pytest.raises(errors.NotIntroducible):
        services.propose(community=community, first=karim, second=sofia, by=naima, reason="Parce que.")
    assert sofia not in queries.together(community)


def test_both_belong_to_the_community(community, naima, karim):
    for other in (MemberFactory.create(), karim):
        with pytest.raises(errors.NotTogether):
            services.propose(community=community, first=karim, second=other, by=naima, reason="Parce que.")


def test_a_pair_waits_once(community, naima, karim, sofia, proposal):
    with pytest.raises(errors.AlreadyProposed):
        services.propose(community=community, first=karim, second=sofia, by=naima, reason="Encore.")


def test_two_proposals_wait_for_one_person_at_most_and_a_refusal_frees_no_place(community, naima, karim):
    others = [person(community, f"Autre {n}") for n in range(3)]
    made = [
        services.propose(community=community, first=karim, second=other, by=naima, reason="Oui.")
        for other in others[:2]
    ]
    services.decline(introduction=made[0], by=karim)
    with pytest.raises(errors.TooManyOpen):
        services.propose(community=community, first=karim, second=others[2], by=naima, reason="Oui.")


# What Passeur finds


def test_passeur_brings_strangers_together_who_follow_the_same_themes(community, karim, sofia):
    theme = ThemeFactory.create(community=community, name="Stocks")
    for member in (karim, sofia):
        InterestFactory.create(theme=theme, member=member)
    (made,) = services.suggest(community)
    assert {made.first, made.second} == {karim, sofia}
    assert made.by_passeur
    assert queries.found_words(made, karim) == ["Vous suivez les mêmes thèmes\xa0: Stocks."]
    assert services.suggest(community) == []


def test_those_who_exchanged_are_no_strangers(community, karim, sofia):
    theme = ThemeFactory.create(community=community)
    for member in (karim, sofia):
        InterestFactory.create(theme=theme, member=member)
    asked = question(community=community, author=karim)
    assert [one.other for one in queries.suggestions(karim, community)] == [sofia]
    ContributionFactory.create(conversation=asked, author=sofia)
    assert queries.suggestions(karim, community) == []
    assert queries.suggestions(sofia, community) == []


def test_those_who_were_introduced_are_not_suggested_again(community, karim, sofia, proposal):
    theme = ThemeFactory.create(community=community)
    for member in (karim, sofia):
        InterestFactory.create(theme=theme, member=member)
    Introduction.objects.update(state=State.ENDED, created_at=timezone.now() - dt.timedelta(days=90))
    assert services.suggest(community) == []


def test_the_same_trade_is_a_reason_and_a_site_alone_is_none(community):
    one = person(community, "Un", job="Cariste", site="Metz")
    two = person(community, "Deux", job="Cariste", site="Metz")
    person(community, "Trois", job="Comptable", site="Metz")
    (found,) = queries.suggestions(one, community)
    assert found.other == two
    assert [why for why, _who, _themes in found.reasons] == [Why.JOB, Why.SITE]


def test_nobody_is_proposed_in_a_private_community_that_they_left(community, karim, sofia, proposal):
    karim.memberships.update(left_at=timezone.now())
    for member in (karim, sofia):
        assert queries.mine(member) == []
        assert not policies.can_see(member, proposal)
    assert services.suggest(community) == []


def test_looking_for_whom_to_meet_asks_as_much_whatever_the_number_of_people(community, karim):
    theme = ThemeFactory.create(community=community)
    InterestFactory.create(theme=theme, member=karim)

    def asked():
        InterestFactory.create(theme=theme, member=MembershipFactory.create(community=community).member)
        with CaptureQueriesContext(connection) as seen:
            queries.suggestions(karim, community)
        return len(seen)

    few = asked()
    for _ in range(5):
        InterestFactory.create(theme=theme, member=MembershipFactory.create(community=community).member)
    assert asked() == few


# Yes and no


def test_two_yeses_open_the_exchange(karim, sofia, proposal):
    assert services.accept(introduction=proposal, by=karim).state == State.PROPOSED
    assert services.accept(introduction=proposal, by=karim).state == State.PROPOSED
    assert services.accept(introduction=proposal, by=sofia).state == State.OPEN


def test_a_yes_is_not_told_to_the_other(karim, sofia, proposal):
    services.accept(introduction=proposal, by=karim)
    (one,) = queries.mine(sofia)
    assert one.phase == "answer"


def page_of(client, member):
    client.force_login(member)
    return client.get(reverse("introductions:mine")).content.decode()


def without_tokens(page):
    return "\n".join(line for line in page.splitlines() if "csrf" not in line.lower())


@pytest.mark.parametrize("weeks", [0, 2])
def test_a_refusal_reads_like_silence_for_the_other_and_for_the_lcm(
    client, community, naima, karim, sofia, proposal, monkeypatch, weeks
):
    services.accept(introduction=proposal, by=karim)
    if weeks:
        after_two_weeks(monkeypatch)

    def pages():
        client.force_login(naima)
        led = client.get(reverse("introductions:proposed", args=[community.slug])).content.decode()
        return without_tokens(page_of(client, karim)), without_tokens(led)

    silent = pages()
    Introduction.objects.update(
        **{"second_answer" if proposal.second_id == sofia.pk else "first_answer": Answer.NO}
    )
    assert pages() == silent
    if weeks:
        assert services.expire_due() == 1
        assert pages() == silent


def test_when_the_time_is_over_nothing_says_who_had_answered(karim, sofia, proposal, monkeypatch):
    services.accept(introduction=proposal, by=karim)
    services.decline(introduction=proposal, by=sofia)
    assert services.expire_due() == 0
    after_two_weeks(monkeypatch)
    assert services.expire_due() == 1
    assert services.expire_due() == 0
    proposal.refresh_from_db()
    assert (proposal.state, proposal.first_answer, proposal.second_answer) == (State.ENDED, "", "")


def test_who_declined_does_not_see_it_any_more_and_can_take_it_back(karim, proposal):
    services.decline(introduction=proposal, by=karim)
    assert queries.mine(karim) == []
    services.reconsider(introduction=proposal, by=karim)
    assert [one.phase for one in queries.mine(karim)] == ["answer"]


def test_nobody_answers_for_somebody_else_nor_too_late(naima, karim, proposal, monkeypatch):
    with pytest.raises(PermissionDenied):
        services.accept(introduction=proposal, by=naima)
    after_two_weeks(monkeypatch)
    with pytest.raises(errors.NotOpen):
        services.accept(introduction=proposal, by=karim)


# The exchange


def test_only_the_two_read_what_they_write(client, community, naima):
    message = MessageFactory.create(introduction=OpenIntroductionFactory.create(community=community))
    address = reverse("introductions:exchange", args=[message.introduction.pk])
    client.force_login(message.introduction.second)
    assert message.text in client.get(address).content.decode()
    for other in (naima, MembershipFactory.create(community=community).member, MemberFactory.create()):
        client.force_login(other)
        assert client.get(address).status_code == 404
    client.force_login(naima)
    led = client.get(reverse("introductions:proposed", args=[community.slug])).content.decode()
    assert message.text not in led


def test_nobody_writes_before_both_said_yes(client, karim, proposal):
    with pytest.raises(errors.NotOpen):
        services.write(introduction=proposal, text="Bonjour", by=karim)
    client.force_login(karim)
    assert client.get(reverse("introductions:exchange", args=[proposal.pk])).status_code == 404


def test_a_first_message_is_suggested_and_only_the_first(client, karim, sofia, proposal):
    for member in (karim, sofia):
        services.accept(introduction=proposal, by=member)
    address = reverse("introductions:exchange", args=[proposal.pk])
    client.force_login(karim)
    assert "Bonjour Sofia" in client.get(address).content.decode()
    assert client.post(address, {"text": "Salut Sofia !"}).status_code == 302
    page = client.get(address).content.decode()
    assert "Salut Sofia !" in page
    assert "Bonjour Sofia" not in page


@pytest.mark.parametrize(
    ("writers", "words"),
    [
        ([], "Personne n’a encore écrit."),
        (["first", "first"], "Une des deux personnes a écrit."),
        (["first", "second"], "Les deux personnes se sont écrit."),
    ],
)
def test_after_two_weeks_it_says_whether_they_wrote(community, monkeypatch, writers, words):
    one = OpenIntroductionFactory.create(community=community)
    for side in writers:
        MessageFactory.create(introduction=one, author=getattr(one, side))
    assert services.follow_up_due() == 0
    after_two_weeks(monkeypatch)
    assert services.follow_up_due() == 1
    assert services.follow_up_due() == 0
    one.refresh_from_db()
    assert notices.outcome_words(one.wrote) == words


# Telling


def test_both_are_told_of_a_proposal_and_who_declined_not_again(karim, sofia, proposal, run_jobs):
    run_jobs()
    for member in (karim, sofia):
        assert notices.PROPOSED.still_due(member, [proposal.pk]) == {proposal.pk}
    services.decline(introduction=proposal, by=karim)
    assert notices.PROPOSED.still_due(karim, [proposal.pk]) == set()
    assert notices.PROPOSED.still_due(sofia, [proposal.pk]) == {proposal.pk}


def test_a_notice_of_a_message_does_not_hold_its_text(run_jobs):
    message = MessageFactory.create()
    one = message.introduction
    services.tell_message(message.pk)
    line = notices.MESSAGE.lines(one.second, [Told(one.pk, [message.pk])])[one.pk]
    assert message.text not in f"{line.words}{line.title}{line.extract}{line.details}"
    assert notices.MESSAGE.still_due(MemberFactory.create(), [one.pk]) == set()


def test_the_outcome_is_told_to_the_lcm_who_proposed_it(naima, karim, sofia, proposal, monkeypatch):
    for member in (karim, sofia):
        services.accept(introduction=proposal, by=member)
    after_two_weeks(monkeypatch)
    services.follow_up_due()
    assert notices.OUTCOME.still_due(naima, [proposal.pk]) == {proposal.pk}
    assert notices.OUTCOME.still_due(karim, [proposal.pk]) == set()


def test_the_page_asks_as_much_for_many_introductions(client, community):
    one = IntroductionFactory.create(community=community)
    client.force_login(one.first)

    def asked():
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("introductions:mine"))
        return len(seen)

    asked()
    few = asked()
    for _ in range(4):
        IntroductionFactory.create(community=community, first=one.first)
    assert asked() == few


def test_the_feed_shows_the_one_that_waits(client, karim, proposal):
    client.force_login(karim)
    address = reverse("feed:mine")
    assert "Une présentation vous est proposée" in client.get(address).content.decode()
    services.decline(introduction=proposal, by=karim)
    assert "Une présentation vous est proposée" not in client.get(address).content.decode()


def test_the_lcm_proposes_from_a_persons_page(client, community, naima, karim, sofia):
    client.force_login(naima)
    address = reverse("introductions:propose", args=[karim.pk])
    assert address in client.get(reverse("accounts:profile", args=[karim.pk])).content.decode()
    found = client.get(address, {"q": "Sofia"}).content.decode()
    assert "Sofia Marques" in found
    sent = client.post(
        f"{address}?q=Sofia", {"other": sofia.pk, "reason": "Le stock.", "community": community.slug}
    )
    assert sent.status_code == 302
    assert Introduction.objects.get().proposed_by == naima


def test_a_former_manager_does_not_read_a_communitys_introductions(client, community):
    client.force_login(ManagerFactory.create(community=CommunityFactory.create()).member)
    assert client.get(reverse("introductions:proposed", args=[community.slug])).status_code == 404


def test_after_leaving_an_exchange_is_two_people_and_their_words(client, community, karim, sofia):
    one = OpenIntroductionFactory.create(
        community=community, first=karim, second=sofia, reason="Le projet Aubier.",
        found=[[Why.THEMES, 0, ["Aubier"]]],
    )  # fmt: skip
    MessageFactory.create(introduction=one, author=sofia, text="À bientôt ?")
    client.force_login(karim)
    pages = [reverse("introductions:mine"), reverse("introductions:exchange", args=[one.pk])]
    for page in pages:
        assert "Aubier" in client.get(page).content.decode()
    karim.memberships.update(left_at=timezone.now())
    for page in pages:
        told = client.get(page).content.decode()
        assert "Sofia Marques" in told
        assert "Aubier" not in told
        assert community.name not in told
    assert "À bientôt ?" in told
