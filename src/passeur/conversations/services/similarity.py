"""Keeping questions findable by what they resemble. Called by jobs and after an import."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from django.utils import timezone

from passeur.recommendations import queries as recommendations
from passeur.recommendations import services as similar

from ..choices import Kind
from ..models import Conversation
from ..queries import similar as similar_questions
from ..queries import texts

BATCH = 250
MANY = 100
"""Questions that change at once and have their lists followed one by one."""
LATEST, OLD = 5_000, dt.timedelta(days=7)
"""Conversations that lived last, whose lists are made before they are read, and again when they are old."""


def index_questions(
    ids: Iterable[int] | None = None,
    *,
    adapter: str = "",
    on_progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Bring these conversations, or all, up to date among similar questions; says how many are questions.

    What is no question any more, or is gone, leaves the index. Doing it again changes nothing. The lists of
    what is close to each follow; where more than `MANY` come at once, as in an import, those of their
    communities are made when somebody reads them, or by `keep_lists_of_the_latest` before.
    """
    if ids is None:
        done = sum(_index(batch, adapter, on_progress) for batch in texts.question_ids(batch=BATCH))
        _forget_what_is_gone()
        similar.forget_lists(texts.KIND)
        return done
    wanted = sorted(set(ids))
    return sum(
        _index(wanted[start : start + BATCH], adapter, on_progress, with_lists=len(wanted) <= MANY)
        for start in range(0, len(wanted), BATCH)
    )


def keep_list(conversation: Conversation) -> list[int]:
    """Look for what is close to a question and keep it; the keys, closest first."""
    return similar.keep_lists(similar_questions.asking([conversation.pk])).get(conversation.pk, [])


def keep_lists_of_the_latest(*, most: int = 200) -> int:
    """Make the lists that are missing, or old, of the questions that people are likely to read; how many."""
    since = timezone.now() - OLD
    keys = similar_questions.latest_without_list(among=LATEST, since=since, most=most)
    return len(similar.keep_lists(similar_questions.asking(keys)))


def index_all(
    *, adapter: str, anew: bool = False, on_progress: Callable[[int], None] = lambda done: None
) -> int:
    """Make what `adapter` needs in the database and index all questions; `anew` forgets its vectors first."""
    similar.prepare(adapter, anew=anew)
    return index_questions(adapter=adapter, on_progress=on_progress)


def how_many() -> int:
    """How many questions there are to index."""
    return Conversation.objects.filter(kind=Kind.QUESTION).count()


def _index(
    ids: list[int], adapter: str, on_progress: Callable[[int], None], *, with_lists: bool | None = None
) -> int:
    documents = texts.questions(ids)
    similar.index(documents, adapter=adapter)
    if with_lists:
        similar.follow(documents, similar_questions.asking)
    elif with_lists is False:
        similar.forget_lists(texts.KIND, {document.scope for document in documents})
    gone = set(ids) - {document.object_id for document in documents}
    if gone:
        similar.forget(texts.KIND, gone)
    on_progress(len(ids))
    return len(documents)


def _forget_what_is_gone() -> None:
    """Documents whose question was deleted outright, by an import or with its community."""
    after = 0
    while ids := recommendations.indexed(texts.KIND, after=after):
        there = set(Conversation.objects.filter(pk__in=ids).values_list("pk", flat=True))
        if gone := set(ids) - there:
            similar.forget(texts.KIND, gone)
        after = ids[-1]
