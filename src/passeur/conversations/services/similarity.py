"""Keeping questions findable by what they resemble. Called by jobs and after an import."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from passeur.recommendations import queries as recommendations
from passeur.recommendations import services as similar

from ..choices import Kind
from ..models import Conversation
from ..queries import texts

BATCH = 250


def index_questions(
    ids: Iterable[int] | None = None,
    *,
    adapter: str = "",
    on_progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Bring these conversations, or all, up to date among similar questions; says how many are questions.

    What is no question any more, or is gone, leaves the index. Doing it again changes nothing.
    """
    if ids is None:
        done = sum(_index(batch, adapter, on_progress) for batch in texts.question_ids(batch=BATCH))
        _forget_what_is_gone()
        return done
    wanted = sorted(set(ids))
    return sum(
        _index(wanted[start : start + BATCH], adapter, on_progress) for start in range(0, len(wanted), BATCH)
    )


def index_all(
    *, adapter: str, anew: bool = False, on_progress: Callable[[int], None] = lambda done: None
) -> int:
    """Make what `adapter` needs in the database and index all questions; `anew` forgets its vectors first."""
    similar.prepare(adapter, anew=anew)
    return index_questions(adapter=adapter, on_progress=on_progress)


def how_many() -> int:
    """How many questions there are to index."""
    return Conversation.objects.filter(kind=Kind.QUESTION).count()


def _index(ids: list[int], adapter: str, on_progress: Callable[[int], None]) -> int:
    documents = texts.questions(ids)
    similar.index(documents, adapter=adapter)
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
