"""Opening the desk: a page whose lines are all true, with the reading logged for the people it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils import timezone

from .. import queries
from ..choices import View
from ..queries import Desk
from .consultations import log_reading
from .filling import fill_if_few
from .judging import judge

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

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
    """The page. Where something happened that no job has taken in yet, it is judged here, so that nobody
    reads about what was just done, and counts are those of the lists.
    """
    now = now or timezone.now()
    for community in queries.unfilled(communities):
        fill_if_few(community)
    found = queries.desk(manager, communities, now, view, number, size)
    for _try in range(TRIES):
        if not found.outdated:
            break
        judge(found.outdated, now)
        found = queries.desk(manager, communities, now, view, number, size)
    log_reading(reader=manager, cues=[line.cue for line in found.lines])
    return found
