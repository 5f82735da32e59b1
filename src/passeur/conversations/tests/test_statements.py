"""What people do in conversations, as statements of the record store."""

from __future__ import annotations

import json

import pytest
from django.db import connection, transaction

from passeur.accounts.tests.factories import MemberFactory
from passeur.algorithms.xapi import keys
from passeur.algorithms.xapi.statements import Edition, a_statement
from passeur.communities.tests.factories import CommunityFactory, ManagerFactory, MembershipFactory
from passeur.records import protocols as xapi
from passeur.records.services import deriving
from passeur.skills.tests.factories import ThemeFactory

from .. import services
from ..choices import Kind, Meaning, Part
from ..models import Contribution, Conversation
from ..queries import facts
from .factories import (
    ContributionFactory,
    ConversationFactory,
    ConversationThemeFactory,
    FollowFactory,
    ReactionFactory,
    RevisionFactory,
    question,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return CommunityFactory.create()


@pytest.fixture
def anais(community):
    return MembershipFactory.create(community=community).member


@pytest.fixture
def karim(community):
    return MembershipFactory.create(community=community).member


@pytest.fixture
def lea(community):
    return ManagerFactory.create(community=community).member


@pytest.fixture
def asked(community, anais, run_jobs):
    started = services.start_conversation(
        community=community, kind=Kind.QUESTION, title="Un secret dans le titre", body="Comment ?", by=anais
    )
    run_jobs()
    return started


@pytest.fixture
def answered(asked, karim, run_jobs):
    written = services.contribute(conversation=asked, body="Comme ceci.", by=karim)
    run_jobs()
    return written


def statements(*, voided: bool = False) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body::text FROM records_statement WHERE is_voided = %s ORDER BY stored", [voided]
        )
        return [json.loads(row[0]) for row in cursor.fetchall()]


def done(*, voided: bool = False) -> list[tuple[str, str]]:
    """(number of the actor, what they did) in the order of writing, of all that happens in conversations."""
    short = {verb.iri: name.lower() for name, verb in vars(xapi).items() if isinstance(verb, xapi.Verb)}
    own = {verb.iri for verb in facts.VERBS}
    return [
        (one["actor"]["account"]["name"], short[one["verb"]["id"]])
        for one in statements(voided=voided)
        if one["verb"]["id"] in own
    ]


def test_a_question_and_its_answer_are_told(asked, answered, anais, karim, community):
    assert done() == [(str(anais.pk), "asked"), (str(karim.pk), "answered")]
    told = statements()[-1]
    activities = told["context"]["contextActivities"]
    assert told["object"]["id"].endswith(f"/id/contribution/{answered.pk}")
    assert [one["id"] for one in activities["parent"]] == [xapi.Thing(xapi.QUESTION, asked.pk).iri]
    assert activities["grouping"][0]["id"] == xapi.community(community.pk).iri
    assert [one["agent"] for one in told["context"]["contextAgents"]] == [xapi.agent(anais.pk)]
    assert told["context"]["extensions"] == {f"{xapi.EXTENSION}length": len("Comme ceci.")}


def test_no_word_and_no_name_is_told(asked, answered, anais, karim):
    told = json.dumps(statements())
    for word in ("secret", "Comme ceci", anais.name, karim.name, anais.email, karim.email):
        assert word not in told


def test_all_that_can_be_told_is_as_xapi_wants_it(asked, answered, anais, karim, lea, run_jobs):
    services.react(contribution=answered, meaning=Meaning.HELPS, by=anais)
    services.follow(conversation=asked, by=lea)
    services.accept_answer(answer=answered, question=asked, by=anais)
    services.edit(contribution=answered, body="Comme cela.", by=karim, version=1)
    services.spotlight(contribution=answered, reason="Clair.", by=lea)
    for kind in (Kind.DISCUSSION, Kind.EXPERIENCE, Kind.ANNOUNCEMENT):
        services.start_conversation(community=asked.community, kind=kind, title="T", body="B", by=lea)
    run_jobs()
    for one in statements():
        a_statement(one, Edition.TWO)
    assert {verb for _who, verb in done()} == {
        "asked", "answered", "reacted", "followed", "accepted", "edited", "spotlighted", "opened", "shared",
        "announced",
    }  # fmt: skip


def test_an_acceptance_withdrawn_is_voided_and_told_again_when_it_is_true_again(
    asked, answered, anais, run_jobs
):
    services.accept_answer(answer=answered, question=asked, by=anais)
    run_jobs()
    assert (str(anais.pk), "accepted") in done()
    services.withdraw_acceptance(question=asked, by=anais)
    run_jobs()
    assert (str(anais.pk), "accepted") not in done()
    services.accept_answer(answer=answered, question=asked, by=anais)
    run_jobs()
    assert done().count((str(anais.pk), "accepted")) == 1
    assert done(voided=True).count((str(anais.pk), "accepted")) == 1


def test_a_text_taken_out_takes_the_reactions_to_it_along(asked, answered, anais, karim, run_jobs):
    services.react(contribution=answered, meaning=Meaning.HELPS, by=anais)
    run_jobs()
    services.delete(contribution=answered, by=karim)
    run_jobs()
    assert done() == [(str(anais.pk), "asked")]
    services.restore(contribution=Contribution.objects.get(pk=answered.pk), by=karim)
    run_jobs()
    assert sorted(verb for _who, verb in done()) == ["answered", "asked", "reacted"]


def test_a_reaction_taken_back_is_voided(asked, answered, anais, run_jobs):
    for _ in range(2):
        services.react(contribution=answered, meaning=Meaning.THANKS, by=anais)
        run_jobs()
    assert (str(anais.pk), "reacted") not in done()
    assert (str(anais.pk), "reacted") in done(voided=True)


def test_writing_is_no_following(asked, answered, lea, karim, run_jobs):
    services.follow(conversation=asked, by=lea)
    run_jobs()
    services.contribute(conversation=asked, body="Moi aussi.", by=lea)
    run_jobs()
    assert [who for who, verb in done() if verb == "followed"] == [str(lea.pk)]
    services.unfollow(conversation=asked, by=lea)
    run_jobs()
    assert "followed" not in [verb for _who, verb in done()]


def test_deriving_twice_writes_once(asked, answered):
    before = statements()
    source = deriving.sources["conversations"]
    assert deriving.derive(source, [asked.pk]) == 0
    assert sum(deriving.catch_up(source)) == 0
    assert statements() == before


def test_what_happened_before_is_told_with_its_date():
    old = question()
    ContributionFactory.create(conversation=old)
    source = deriving.sources["conversations"]
    assert sum(deriving.catch_up(source)) == 2
    assert [one["timestamp"][:10] for one in statements()] == ["2026-03-02", "2026-03-02"]
    assert sum(deriving.catch_up(source)) == 0
    newer = question()
    assert sum(deriving.catch_up(source)) == 1
    assert newer.pk > old.pk


KEPT = """
SELECT id::text, timestamp, verb, activity, actor, agents, related_agents, place, is_voided,
       ARRAY(SELECT unnest(related_activities) ORDER BY 1), body::jsonb - 'stored' - 'timestamp'
  FROM records_statement ORDER BY id
"""


def kept() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(KEPT)
        return [
            tuple(sorted(map(str, value)) if isinstance(value, list) else value for value in row)
            for row in cursor.fetchall()
        ]


def test_a_past_at_once_and_one_by_one_give_the_same_rows(anais):
    for _ in range(6):
        one = question()
        ConversationThemeFactory.create(conversation=one, theme=ThemeFactory.create(community=one.community))
        answer = ContributionFactory.create(conversation=one)
        ContributionFactory.create(conversation=one, part=Part.COMMENT, parent=answer)
        ReactionFactory.create(contribution=answer)
        RevisionFactory.create(contribution=answer, version=1)
        FollowFactory.create(conversation=one, member=anais)
    source, numbers = (
        deriving.sources["conversations"],
        list(Conversation.objects.values_list("pk", flat=True)),
    )
    with transaction.atomic():
        assert deriving.derive(source, numbers) >= 6 * 4
        at_once = kept()
        transaction.set_rollback(True)
    assert kept() == []
    for number in numbers:
        deriving.derive(source, [number])
    assert kept() == at_once


def test_a_statement_is_found_by_what_it_names():
    """Agents and activities that many statements share are made once; their keys are those of the words."""
    one = question()
    ConversationThemeFactory.create(conversation=one, theme=ThemeFactory.create(community=one.community))
    ContributionFactory.create(conversation=one)
    for fact in facts.facts([one.pk]):
        ready = deriving.prepared(fact.statement())
        words = json.loads(ready.body(fact.at))
        assert words.pop("stored") == words["timestamp"]
        assert words == ready.members
        assert keys.find(words) == ready.found


def test_a_machine_does_nothing():
    machine = MemberFactory.create(is_machine=True, email=None)
    talk = ConversationFactory.create(author=machine, kind=Kind.ANNOUNCEMENT)
    ContributionFactory.create(conversation=talk, part=Part.OPENING, author=machine)
    assert deriving.derive(deriving.sources["conversations"], [talk.pk]) == 0


def test_as_many_queries_for_many_as_for_one(django_assert_max_num_queries):
    for _ in range(10):
        one = question()
        FollowFactory.create(conversation=one)
        ContributionFactory.create(conversation=one)
    with django_assert_max_num_queries(9):
        assert len(list(facts.facts(list(Conversation.objects.values_list("pk", flat=True))))) == 30
