"""What follows from a past that was written: by the functions that do it after any import, without the clock.

The work is cut into pieces, of a community or of some thousands of conversations, which several processes can
share. Each piece leaves what is done already alone: interrupted and run again, the work goes on.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from typing import Any

from django.db import connection

from passeur.communities.queries import scopes
from passeur.conversations.events import ConversationsImported
from passeur.conversations.services import lasting, telling
from passeur.desk import queries as desks
from passeur.desk import services as desk
from passeur.engagement.services import blocks, networks, responding, rolling
from passeur.expertise import services as expertise
from passeur.expertise.queries import counted
from passeur.foundation.terminal import gettext as _
from passeur.records.services import deriving as statements

Progress = Callable[[str, float], None]

MANY = 5_000
"""Conversations in one piece."""
_TAKEN_OVER = [
    "passeur.conversations.statements.tell_who_came_with_them",
    "passeur.conversations.subscribers.measure_what_was_imported",
    "passeur.desk.subscribers.judge_after_conversations_ConversationsImported",
    "passeur.records.services.deriving.derive_conversations_after_ConversationsImported",
]
_TAKE_OVER = """
DELETE FROM procrastinate_jobs
 WHERE status = 'todo' AND queue_name = 'events' AND args->>'event' = %s AND args->>'subscriber' = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some work, under the name that is shown for it."""

    name: str
    work: Callable[..., None]
    given: Sequence[Any] = ()


class Here(Executor):
    """Does each piece at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def derive(*, progress: Progress, pool: Executor | None = None, processes: int = 1) -> dict[str, float]:
    """Make what is missing of evidence, entries of the desk, statements, roll-ups and days of response.

    Gives the seconds spent on each, those of all processes together. `pool` does the pieces, so many
    `processes` at once; its own ones have to have Django. Search documents and similar questions are made
    by the jobs that the import left, of which `take_over` has taken out what is done here.
    """
    _gather_statistics()
    followed = [*_exchanges(), *_statements()]
    ready = deque([*followed, *_lasting(), *_communities()])
    # What is counted by day reads what exchanges and statements say: it goes first once these are there.
    after = [Piece(_("jours de réponse"), _days), Piece(_("cumuls et réseaux"), _roll_up)]
    left, total = len(followed), len(ready) + len(after)
    spent: dict[str, float] = {}
    doing: dict[Future[float], Piece] = {}
    pool = pool or Here()
    while ready or doing or after:
        if after and not left:
            statements.pass_over()
            _gather_statistics()
            ready.extendleft(after)
            after = []
        while ready and len(doing) < processes:
            piece = ready.popleft()
            progress(piece.name, 1 - (len(ready) + len(doing) + len(after) + 1) / total)
            doing[pool.submit(timed, piece.work, *piece.given)] = piece
        for future in wait(doing, return_when=FIRST_COMPLETED).done:
            piece = doing.pop(future)
            spent[piece.name] = spent.get(piece.name, 0.0) + future.result()
            left -= piece in followed
    _gather_statistics()
    progress("", 1.0)
    return spent


def take_over() -> int:
    """Take out the jobs that imports left for what `derive` does, in a fraction of their time; how many.

    For communities that were just made: what an import changed in one that is there, `derive` does not see.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_OVER, [ConversationsImported.name(), _TAKEN_OVER])
        return int(cursor.rowcount)


def timed(work: Callable[..., None], *given: Any) -> float:
    """Do it as a load, which need not survive a crash of the server; how many seconds it took."""
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = off; set jit = off; set work_mem = '64MB'")
        # What new statements are found by goes into its indexes a few thousand at a time.
        cursor.execute("set gin_pending_list_limit = '32MB'")
    work(*given)
    return time.monotonic() - began


def _gather_statistics() -> None:
    """So that what comes next is planned with true figures, and not as on tables that were empty."""
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def _exchanges() -> Iterator[Piece]:
    after = 0
    while ids := telling.UNTOLD.first(after=after, most=MANY):
        yield Piece(_("échanges"), telling.tell, [ids])
        after = ids[-1]


def _lasting() -> Iterator[Piece]:
    after = 0
    while ids := lasting.UNTOLD.first(after=after, most=MANY):
        yield Piece(_("échanges"), lasting.tell, [ids])
        after = ids[-1]


def _statements() -> Iterator[Piece]:
    for name in statements.sources:
        after = 0
        while ids := statements.untold(name, after=after, most=MANY):
            yield Piece(_("activités"), _follow, [name, ids])
            after = ids[-1]


def _follow(source: str, ids: Sequence[int]) -> None:
    statements.derive(statements.sources[source], ids)


def _communities() -> Iterator[Piece]:
    """Evidence, and the desk, which reads it; in the order of founding, which is that of size."""
    every = scopes.every()
    unfilled = {community.pk for community in desks.unfilled(every)}
    for community in every:
        if not counted.is_counted(community.pk):
            yield Piece(_("preuves d’expertise"), _count, [community.pk])
        elif community.pk in unfilled:
            yield Piece(_("bureaux"), _fill, [community.pk])


def _count(community: int) -> None:
    expertise.rebuild(community, lists=True)
    _fill(community)


def _fill(community: int) -> None:
    for found in desks.unfilled(scopes.by_id([community])):
        desk.fill(found)


def _days() -> None:
    responding.remake_marked()


def _roll_up() -> None:
    rolling.advance_all()
    _gather_statistics()
    networks.remember()
    blocks.remember()
