"""Counting a community's evidence anew, in bulk: after an import, and when something old has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from passeur.algorithms.routing import Ranker, Weights
from passeur.algorithms.routing.evidence import AskedQuestion, GivenAnswer, Past
from passeur.algorithms.routing.ranker import LESSONS
from passeur.algorithms.routing.signals import gather
from passeur.algorithms.routing.timeline import days
from passeur.conversations.choices import Kind

from ..models import Evidence, Exchange, Listing
from ..queries.facts import facts_of
from ..queries.fairness import KEPT, REMEMBERED
from .indexing import RecordedIndex
from .learning import REFIT_AFTER, locked
from .listing import open_lists
from .writing_down import Taught, clear, write_down

_SETTLED = dt.timedelta(minutes=1)

_LOOKED_AT = 3 * REMEMBERED
"""Discussions have no list: so many of the last exchanges are looked at to find questions."""

Progress = Callable[[int, int], None]


def rebuild(
    community_id: int,
    *,
    refit: bool = True,
    lists: bool = False,
    progress: Progress = lambda done, total: None,
) -> Evidence:
    """Count a community's evidence anew from its conversations; with `refit` also learn the weights.

    With `lists`, those of its open questions are written too: they need not read what was just counted.
    """
    with transaction.atomic():
        evidence = locked(community_id)
        facts = facts_of(evidence.community)
        pupil = taught(facts, weights_of(evidence), refit=refit, progress=progress)
        ranker = pupil.ranker
        clear(community_id)
        write_down(evidence, facts, pupil)
        if refit:
            evidence.weights, evidence.lessons = ranker.weights.by_name(), ranker.weights.lessons
            evidence.learnt = 0
            _write_listings(community_id, facts, ranker)
        evidence.stale_at, evidence.rebuilt_at = None, timezone.now()
        evidence.save()
        if lists:
            open_lists(community_id, ranker)
    return evidence


def rebuild_due() -> list[int]:
    """Rebuild the communities where something old changed (a minute ago at least) or enough came since."""
    settled = timezone.now() - _SETTLED
    done = []
    for evidence in Evidence.objects.filter(stale_at__lt=settled):
        refit = evidence.learnt >= REFIT_AFTER or evidence.rebuilt_at is None
        rebuild(evidence.community_id, refit=refit, lists=True)
        done.append(evidence.community_id)
    return done


def refit_due() -> list[int]:
    """Learn the weights again where enough questions came since the last time."""
    due = list(Evidence.objects.filter(learnt__gte=REFIT_AFTER).values_list("community_id", flat=True))
    for community_id in due:
        rebuild(community_id, lists=True)
    return due


def weights_of(evidence: Evidence) -> Weights:
    """The weights a community has learnt, else those that ship."""
    return Weights.from_names(evidence.weights, evidence.lessons) if evidence.weights else Weights()


def taught(facts: Past, weights: Weights, *, refit: bool, progress: Progress) -> Taught:
    """Learn the whole past day by day, as the replay does; with `refit` also the weights."""
    ranker = Ranker(facts.themes, weights)
    similar, wording = ranker.history.similar, ranker.history.wording = RecordedIndex(), RecordedIndex()
    counted: list[GivenAnswer] = []
    begin = max(0, len(facts.questions) - LESSONS)
    taken = done = 0
    total = len(facts.questions) + len(facts.answers) + len(facts.votes) + len(facts.acceptances)
    for day, events in days(facts):
        for question in (event for event in events if isinstance(event, AskedQuestion)):
            if refit and taken >= begin:
                ranker.remember(question, gather(ranker.history, question, day))
            taken += 1
        for event in events:
            before = len(wording)
            ranker.learn(event)
            if isinstance(event, GivenAnswer) and len(wording) > before:
                counted.append(event)
        done += len(events)
        progress(done, total)
    if refit:
        ranker.refit()
    return Taught(ranker, similar, wording, counted)


def _write_listings(community_id: int, facts: Past, ranker: Ranker) -> None:
    """The lists that the last questions would have had: fairness starts from them, not from nothing."""
    known = set(Listing.objects.filter(community=community_id).values_list("conversation_id", flat=True))
    last = sorted(facts.questions, key=lambda q: (q.asked_at, q.id))[-_LOOKED_AT:]
    orders = ranker.past_orders(len(last))
    asking = Exchange.objects.filter(
        conversation__in=[exchange.id for exchange in last], conversation__kind=Kind.QUESTION
    )
    wanted = set(asking.order_by("-asked_at", "-pk").values_list("pk", flat=True)[:REMEMBERED]) - known
    Listing.objects.bulk_create(
        [
            Listing(
                community_id=community_id,
                conversation_id=question.id,
                order=[[person, chance] for person, chance in order[:KEPT]],
                made_at=question.asked_at,
            )
            for question, order in zip(last, orders, strict=True)
            if question.id in wanted and order
        ]
    )
