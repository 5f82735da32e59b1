"""Taking in what happened in one exchange. Doing it again changes nothing: nothing counts twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from passeur.algorithms.routing.evidence import GivenAnswer, Past, Themes
from passeur.algorithms.text import weighted_terms

from ..choices import Text
from ..models import Evidence, Exchange, Share, TextEntry
from ..queries.facts import facts_of
from .indexing import add_text
from .tallying import Changes, count_questions, remember_last

REFIT_AFTER = 40
"""New exchanges after which the weights are learnt again."""


def learn(community_id: int, conversation_id: int) -> None:
    """Bring evidence up to date with one question or discussion of a community."""
    with transaction.atomic():
        evidence = locked(community_id)
        facts = facts_of(evidence.community, [conversation_id])
        known = Exchange.objects.filter(conversation=conversation_id).first()
        if not facts.questions:
            if known is not None:
                _is_stale(evidence)
            return
        changes = Changes(evidence)
        exchange = known or _ask(evidence, facts, changes)
        if list(facts.questions[0].themes) != exchange.themes:
            _is_stale(evidence)
        _learn_answers(evidence, exchange, facts, changes)
        _learn_approval(exchange, facts, changes)
        changes.write()
        evidence.save()


def mark_stale(community_id: int, *, refit: bool = False) -> None:
    """Something changed that only counting again brings in; with `refit` the weights are learnt again too."""
    evidence, _ = Evidence.objects.get_or_create(community_id=community_id)
    evidence.stale_at = timezone.now()
    if refit:
        evidence.learnt = max(evidence.learnt, REFIT_AFTER)
    evidence.save(update_fields=["stale_at", "learnt"])


def mark_stale_around(members: Collection[int]) -> None:
    """These people changed: count again where they asked or answered."""
    asked = Exchange.objects.filter(asker__in=members).values_list("community_id", flat=True)
    given = Share.objects.filter(person__in=members).values_list("community_id", flat=True)
    for community_id in set(asked).union(given):
        mark_stale(community_id)


def learn_again(conversation_id: int) -> None:
    """Bring evidence up to date with an exchange that it knows; of others it learns when they begin."""
    known = Exchange.objects.filter(conversation=conversation_id).first()
    if known is not None:
        learn(known.community_id, conversation_id)


def learn_reaction(contribution_id: int) -> None:
    """Somebody said what an answer did for them."""
    entry = TextEntry.objects.filter(kind=Text.ANSWER, object_id=contribution_id).first()
    if entry is not None:
        learn_again(entry.exchange_id)


def locked(community_id: int) -> Evidence:
    """A community's evidence, held until the transaction ends."""
    Evidence.objects.get_or_create(community_id=community_id)
    return Evidence.objects.select_for_update(of=("self",)).select_related("community").get(pk=community_id)


def broader(themes: Themes, of: tuple[int, ...]) -> list[int]:
    """These themes and all that stand above them."""
    return sorted(themes.with_broader(of))


def _is_stale(evidence: Evidence) -> None:
    evidence.stale_at = timezone.now()
    evidence.save(update_fields=["stale_at"])


def _ask(evidence: Evidence, facts: Past, changes: Changes) -> Exchange:
    question = facts.questions[0]
    exchange = Exchange.objects.create(
        conversation_id=question.id,
        community=evidence.community,
        asker_id=question.asker,
        asked_at=question.asked_at,
        themes=list(question.themes),
        broader=broader(facts.themes, question.themes),
    )
    changes.asked(question.asker, question.asked_at)
    count_questions(evidence.community_id, exchange.broader)
    TextEntry.objects.create(
        community=evidence.community,
        kind=Text.QUESTION,
        position=evidence.questions,
        object_id=question.id,
        exchange=exchange,
        person_id=question.asker,
        at=question.asked_at,
    )
    terms = weighted_terms(question.title, question.text)
    evidence.question_words += add_text(evidence.community_id, Text.QUESTION, evidence.questions, terms)
    evidence.questions += 1
    evidence.learnt += 1
    return exchange


def _learn_answers(evidence: Evidence, exchange: Exchange, facts: Past, changes: Changes) -> None:
    known = set(exchange.entries.filter(kind=Text.ANSWER).values_list("object_id", flat=True))
    given = [answer for answer in facts.answers if answer.author != exchange.asker_id]
    if known - {answer.id for answer in given}:
        evidence.stale_at = timezone.now()
    shares = {share.person_id: share for share in exchange.shares.all()}
    for answer in sorted(given, key=lambda answer: (answer.at, answer.id)):
        if answer.id in known:
            continue
        _index(evidence, exchange, answer)
        changes.replied(answer.author, answer.at)
        if answer.author in shares:
            shares[answer.author].replies += 1
            shares[answer.author].save(update_fields=["replies"])
        else:
            shares[answer.author] = _join(exchange, answer, changes, list(shares))


def _index(evidence: Evidence, exchange: Exchange, answer: GivenAnswer) -> None:
    TextEntry.objects.create(
        community=evidence.community,
        kind=Text.ANSWER,
        position=evidence.answers,
        object_id=answer.id,
        exchange=exchange,
        person_id=answer.author,
        at=answer.at,
    )
    terms = weighted_terms("", answer.text)
    evidence.answer_words += add_text(evidence.community_id, Text.ANSWER, evidence.answers, terms)
    evidence.answers += 1


def _join(exchange: Exchange, answer: GivenAnswer, changes: Changes, others: list[int]) -> Share:
    changes.joined(answer.author, answer.at, asker=exchange.asker_id, themes=exchange.broader, others=others)
    remember_last(exchange.community_id, exchange.broader, answer.author, answer.at)
    return Share.objects.create(
        exchange=exchange, community_id=exchange.community_id, person_id=answer.author, at=answer.at
    )


def _learn_approval(exchange: Exchange, facts: Past, changes: Changes) -> None:
    """Votes and acceptance as they stand now, whatever was known of them."""
    author = {answer.id: answer.author for answer in facts.answers}
    up: Counter[int] = Counter()
    down: Counter[int] = Counter()
    for votes in facts.votes:
        up[author[votes.answer]] += votes.up
        down[author[votes.answer]] += votes.down
    chosen = {author[acceptance.answer] for acceptance in facts.acceptances if acceptance.answer in author}
    for share in exchange.shares.all():
        now = (up[share.person_id], down[share.person_id], share.person_id in chosen)
        if now == (share.up, share.down, share.accepted):
            continue
        if now[2] != share.accepted:
            changes.accepted(share.person_id, 1 if now[2] else -1, exchange.broader)
        share.up, share.down, share.accepted = now
        share.save(update_fields=["up", "down", "accepted"])
