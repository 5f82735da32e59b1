"""What production ranks from the database is what the replay ranks in memory, on the same past."""

import dataclasses
import datetime as dt
import random

import numpy as np
import pytest
from django.db.models import F
from django.utils import timezone

from passeur.algorithms.routing import Ranker
from passeur.algorithms.routing.signals import gather
from passeur.algorithms.routing.timeline import days
from passeur.conversations import services as conversations
from passeur.conversations.choices import Kind
from passeur.conversations.tests.factories import (
    ContributionFactory,
    ConversationFactory,
    OutsideVoteFactory,
    ReactionFactory,
)
from passeur.expertise import services
from passeur.expertise.models import (
    Block,
    Evidence,
    Exchange,
    Listing,
    Share,
    Tally,
    TextEntry,
    ThemeCount,
)
from passeur.expertise.queries.facts import facts_of
from passeur.expertise.queries.ranking import rank
from passeur.expertise.services.rebuilding import weights_of
from passeur.expertise.tests.factories import Town

pytestmark = pytest.mark.django_db

Contribution, Conversation = ContributionFactory._meta.model, ConversationFactory._meta.model

SUBJECTS = {
    "Jointures": "jointure clé doublon table",
    "Tableur": "formule cellule feuille tableau",
    "Stocks": "inventaire dépôt mouvement écart",
}


@pytest.fixture
def town() -> Town:
    """Forty exchanges over a hundred days, by chance but always the same; answers, votes, acceptances.

    A third of them are discussions, in which whoever began writes too.
    """
    chance = random.Random(7)
    town = Town()
    town.theme("Données")
    for name in SUBJECTS:
        town.theme(name, "Données" if name != "Stocks" else None)
    people = [town.member(f"Personne {n}") for n in range(9)]
    for n in range(40):
        subject = chance.choice(list(SUBJECTS))
        words = SUBJECTS[subject].split()
        asked = town.asked(
            chance.choice(people), f"{chance.choice(words)} {chance.choice(words)} {n}", subject,
            days=100 - 2 * n, body=" ".join(chance.choices(words, k=6)),
            kind=Kind.DISCUSSION if n % 3 == 1 else Kind.QUESTION,
        )  # fmt: skip
        others = [person for person in people[: 3 + n // 8] if person != asked.author]
        for person in chance.sample(others, k=min(len(others), chance.choice([0, 1, 1, 2, 3]))):
            given = town.answered(
                asked, person, " ".join(chance.choices(words, k=8)),
                accepted=chance.random() < 0.4 and asked.asks,
            )  # fmt: skip
            if chance.random() < 0.5:
                OutsideVoteFactory.create(contribution=given, day=given.created_at.date(), up=2, down=1)
            if chance.random() < 0.3:
                ReactionFactory.create(contribution=given, created_at=given.created_at)
        if not asked.asks:
            town.answered(asked, asked.author)
    return town


def in_memory(town: Town) -> Ranker:
    facts = facts_of(town.community)
    ranker = Ranker(facts.themes, weights_of(Evidence.objects.get(community=town.community)))
    for _day, events in days(facts):
        for event in events:
            ranker.learn(event)
    return ranker


def agree(town: Town) -> None:
    facts, now = facts_of(town.community), (timezone.now() + dt.timedelta(days=2)).timestamp()
    ranker = in_memory(town)
    for asked in facts.questions[-15:]:
        new = dataclasses.replace(asked, id=10**9)
        signals = gather(ranker.history, new, now)
        stored = rank(town.community.pk, new, facts.themes, now=now, limit=5)
        wanted = ranker.order(signals)
        assert [person for person, _ in stored.order] == [person for person, _ in wanted]
        np.testing.assert_allclose([c for _, c in stored.order], [c for _, c in wanted], rtol=1e-6)
        best = ranker.ranked(new, signals, now, 5)
        assert [(found.person, found.reasons) for found in stored.best] == [
            (b.person, b.reasons) for b in best
        ]


def test_after_counting_in_bulk(town):
    services.rebuild(town.community.pk)
    agree(town)


def test_lists_from_what_was_just_counted_are_those_from_what_is_stored(town):
    """Written in bulk, each list says the same of the same people as written for itself."""
    Conversation.objects.filter(kind=Kind.QUESTION).update(state="waiting")
    services.rebuild(town.community.pk, lists=True)
    at_once = list(Listing.objects.order_by("conversation").values())
    assert services.open_lists(town.community.pk) > 20
    one_by_one = list(Listing.objects.order_by("conversation").values())
    assert sum(bool(one["why"]) for one in one_by_one) > 20
    for one, other in zip(at_once, one_by_one, strict=True):
        assert one["why"] == other["why"]
        for who in ("order", "greyed"):
            assert [person for person, _ in one[who]] == [person for person, _ in other[who]]
            np.testing.assert_allclose([c for _, c in one[who]], [c for _, c in other[who]], rtol=1e-5)


def test_after_learning_question_by_question(town):
    for pk in Conversation.objects.order_by("created_at").values_list("pk", flat=True):
        services.learn(town.community.pk, pk)
    agree(town)


def test_learning_what_is_known_changes_nothing(town):
    def rows():
        kept = ("id", "tried_at")
        return [
            sorted(
                str({key: value for key, value in row.items() if key not in kept})
                for row in model.objects.values()
            )
            for model in (Evidence, Exchange, Share, Tally, TextEntry, ThemeCount, Block)
        ]

    services.rebuild(town.community.pk)
    before = rows()
    for pk in Conversation.objects.values_list("pk", flat=True):
        services.learn(town.community.pk, pk)
    assert rows() == before


@pytest.mark.parametrize("part", ["answer", "reply"])
def test_counting_again_forgets_a_deleted_answer(town, part):
    services.rebuild(town.community.pk)
    gone = Contribution.objects.filter(part=part).exclude(author=F("conversation__author"))[0]
    Contribution.objects.filter(pk=gone.pk).update(deleted_at=timezone.now())
    services.learn(town.community.pk, gone.conversation_id)
    assert Evidence.objects.get().stale_at is not None
    Evidence.objects.update(stale_at=timezone.now() - dt.timedelta(minutes=2))
    assert services.rebuild_due() == [town.community.pk]
    assert not TextEntry.objects.filter(object_id=gone.pk, kind=2).exists()
    agree(town)


def test_an_acceptance_taken_back_is_no_evidence(town):
    services.rebuild(town.community.pk)
    asked = Conversation.objects.exclude(accepted_answer=None)[0]
    Conversation.objects.filter(pk=asked.pk).update(accepted_answer=None, accepted_at=None)
    services.learn(town.community.pk, asked.pk)
    agree(town)


@pytest.mark.parametrize("kind", [Kind.EXPERIENCE, Kind.ANNOUNCEMENT])
def test_what_nobody_asks_or_discusses_is_not_learnt(kind):
    town = Town()
    told = town.asked(town.member("Mei Tanaka"), "Raconté", kind=kind)
    town.answered(told, town.member("Karim Haddad"))
    services.learn(town.community.pk, told.pk)
    town.known()
    assert not Exchange.objects.exists()
    assert not Share.objects.exists()


def test_a_discussion_counts_as_it_is_written(run_jobs):
    town = Town()
    mei, karim = town.member("Mei Tanaka"), town.member("Karim Haddad")
    told = conversations.start_conversation(
        community=town.community, kind=Kind.DISCUSSION, title="Les doublons", body="J’en vois.", by=karim,
        themes=[town.theme("Jointures")],
    )  # fmt: skip
    conversations.contribute(conversation=told, body="Dédoublonnez.", by=mei)
    conversations.contribute(conversation=told, body="Et la clé aussi.", by=mei)
    conversations.contribute(conversation=told, body="Merci !", by=karim)
    run_jobs()
    share = Share.objects.get(exchange=told.pk)
    assert (share.person, share.replies) == (mei, 2)
    assert not Listing.objects.exists()


def test_a_discussion_has_no_list_after_counting_in_bulk(town):
    services.rebuild(town.community.pk)
    kinds = set(Listing.objects.values_list("conversation__kind", flat=True))
    assert kinds == {Kind.QUESTION}


def test_ranking_asks_the_same_number_of_queries_whatever_the_past(town, django_assert_max_num_queries):
    services.rebuild(town.community.pk)
    facts = facts_of(town.community)
    with django_assert_max_num_queries(20):
        rank(town.community.pk, facts.questions[-1], facts.themes, now=timezone.now().timestamp())
