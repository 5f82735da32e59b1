"""What is told of the rooms below: a role given, a claim decided; and what is forgotten."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from passeur.accounts.events import AccountClosed
from passeur.accounts.protocols import Traces, holders
from passeur.communities import services as communities
from passeur.communities.choices import Role
from passeur.communities.tests.factories import (
    ClaimFactory,
    ManagerFactory,
    MembershipFactory,
    PrivateCommunityFactory,
)
from passeur.foundation import events as bus

from .. import queries, services
from ..choices import LetterState
from ..models import Choice, Letter, Notice, Wishes
from .factories import ChoiceFactory, LetterFactory, NoticeFactory, WishesFactory, post
from .test_telling import tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return PrivateCommunityFactory.create(name="Logistique")


@pytest.fixture
def lcm(community):
    return ManagerFactory.create(community=community).member


@pytest.fixture
def member(community, anais):
    MembershipFactory.create(community=community, member=anais)
    return anais


def words(person) -> list[str]:
    return [
        one.line.words.replace("\u00a0", " ")
        for group in queries.listed(person).groups
        for one in group.shown
    ]


def test_whoever_gets_a_role_is_told_which_they_have_now(community, lcm, member, run_jobs):
    for role in (Role.TRAINING_MANAGER, Role.EXPERT):
        communities.change_role(community=community, member=member, role=role, by=lcm)
    run_jobs()
    assert words(member) == ["Votre rôle est maintenant : Expertise ou formation interne"]
    assert words(lcm) == []
    post()
    (letter,) = mail.outbox
    assert letter.to == [member.email]


def test_nothing_of_a_role_in_a_private_community_once_one_left_it(community, lcm, member, run_jobs):
    communities.change_role(community=community, member=member, role=Role.EXPERT, by=lcm)
    run_jobs()
    member.memberships.update(left_at=timezone.now())
    assert words(member) == []
    assert post() == 0


def test_a_refused_claim_is_answered_with_its_reason(community, lcm, member, run_jobs):
    claim = ClaimFactory.create(community=community, claimant=member)
    communities.decide_claim(claim=claim, accept=False, by=lcm, reason="Le code n’y est pas.")
    run_jobs()
    post()
    (letter,) = mail.outbox
    assert letter.to == [member.email]
    assert "ne sont pas à votre nom" in letter.body
    assert "Le code n’y est pas." in letter.body


def test_a_leaver_s_notices_and_letters_are_gone(things, anais, run_jobs):
    tell(anais)
    LetterFactory.create(member=anais)
    bus.publish(AccountClosed(anais.pk))
    run_jobs()
    assert not Notice.objects.exists()
    assert not Letter.objects.exists()


def test_somebody_erased_leaves_nothing_here(anais):
    for factory in (NoticeFactory, LetterFactory, WishesFactory, ChoiceFactory):
        factory.create(member=anais)
        factory.create()
    held = dict(holders())["notifications"]
    held.erase(anais, Traces([anais.name], [str(anais.email)], []))
    for model in (Notice, Letter, Wishes, Choice):
        assert [row.member == anais for row in model._default_manager.all()] == [False]


def test_the_export_holds_what_one_chose_and_was_told(things, anais):
    tell(anais)
    ChoiceFactory.create(member=anais, kind="thing", way="page")
    export = dict(holders())["notifications"].export(anais)
    assert export["notification_wishes"]["kinds"] == {"thing": "page"}
    assert [notice["about"] for notice in export["notices"]] == ["thing:1"]


def test_old_notices_and_letters_are_forgotten_and_what_waits_is_not(anais):
    now = timezone.now()
    NoticeFactory.create(member=anais, last_at=now - dt.timedelta(days=181))
    kept = NoticeFactory.create(member=anais, last_at=now - dt.timedelta(days=179))
    month_ago = now - dt.timedelta(days=31)
    LetterFactory.create(member=anais, made_at=month_ago, state=LetterState.SENT)
    waiting = LetterFactory.create(member=anais, made_at=month_ago)
    services.forget_old()
    assert list(Notice.objects.all()) == [kept]
    assert list(Letter.objects.all()) == [waiting]
