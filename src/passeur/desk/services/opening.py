"""Opening the desk: a page whose lines are all true, with the reading logged for the people it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, TypeVar

from django.utils import timezone

from passeur.foundation import rereading

from .. import queries
from ..choices import View
from ..queries import Desk
from .consultations import log_reading
from .filling import fill_if_few
from .judging import judge

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

Drawn = TypeVar("Drawn")
TRIES = 3


def open_desk(
    manager: Member,
    communities: Sequence[Community],
    *,
    view: View = View.TODAY,
    number: int = 1,
    now: dt.datetime | None = None,
    size: int = queries.PAGE_SIZE,
) -> Desk:
    """The page, read anew. Where something happened that no job has taken in yet, it is judged here, so that
    nobody reads about what was just done, and counts are those of the lists.
    """
    now = now or timezone.now()
    return _opened(lambda: queries.desk(manager, communities, now, view, number, size), now)


def show_desk(
    manager: Member,
    communities: Sequence[Community],
    *,
    view: View,
    number: int,
    now: dt.datetime,
    size: int,
    draw: Callable[[Desk], Drawn],
    key: Hashable,
) -> Drawn:
    """What `draw` makes of that page without asking anything. It is kept, and shown again as long as all that
    was read for it, read again, says the same: nothing else is judged then, and nothing told.

    `key` is what it depends on beside what is read and given here: how it is drawn, and in which rows of the
    manager and of the communities. Who is shown a kept page was logged that day, when it was made.
    """
    whole = (key, manager.pk, tuple(one.pk for one in communities), view, number, size)
    kept: Drawn | None = rereading.found(whole, now)
    if kept is not None:
        return kept
    made: list[Drawn] = []

    def read() -> Desk:
        with rereading.reading(now) as reading:
            desk = queries.desk(manager, communities, now, view, number, size)
            made[:] = [draw(desk)]
            if not desk.outdated:
                reading.keep(whole, made[0], until=desk.lasts)
        return desk

    _opened(read, now)
    return made[0]


def _opened(read: Callable[[], Desk], now: dt.datetime) -> Desk:
    """Read until every line is true, and log whom it names."""
    desk = read()
    for _try in range(TRIES):
        filled = [community for community in desk.unfilled if fill_if_few(community)]
        if not filled and not desk.outdated:
            break
        judge(desk.outdated, now)
        desk = read()
    log_reading(reader=desk.scope.manager, cues=[line.cue for line in desk.lines])
    return desk
