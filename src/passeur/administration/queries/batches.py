"""Files of invitations: what was checked, and how far each is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from ..choices import ACTING, Verdict
from ..models import Batch, BatchLine

KEPT_DAYS = 30
"""For how long a file is kept, done or not."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many lines come to what, in the order of `Verdict`; how many act, are done, had changed."""

    verdicts: list[tuple[Verdict, int]]
    to_do: int
    done: int
    changed: int

    @property
    def total(self) -> int:
        return sum(count for _verdict, count in self.verdicts)

    @property
    def carried_out(self) -> int:
        """Lines that have had their turn."""
        return self.done + self.changed


def batches() -> QuerySet[Batch]:
    """The newest first; with `lines_total`."""
    return Batch.objects.select_related("made_by", "run_by").annotate(lines_total=Count("lines"))


def lines(batch: Batch, show: str = "") -> QuerySet[BatchLine]:
    """In the order of the file; `show` is a verdict, or `changed`."""
    found = batch.lines.select_related("community").order_by("number", "pk")
    if show == "changed":
        return found.exclude(outcome="").exclude(outcome=F("plan"))
    return found.filter(plan=show) if show else found


def counted(batch: Batch) -> Counted:
    """Two queries."""
    plans = dict(batch.lines.order_by().values_list("plan").annotate(Count("pk")))
    acting = batch.lines.filter(plan__in=ACTING)
    ends = acting.aggregate(
        done=Count("pk", filter=Q(outcome=F("plan"))),
        changed=Count("pk", filter=~Q(outcome=F("plan")) & ~Q(outcome="")),
    )
    verdicts = [(verdict, plans[verdict]) for verdict in Verdict if verdict in plans]
    return Counted(verdicts, sum(plans.get(verdict, 0) for verdict in ACTING), ends["done"], ends["changed"])


def old() -> Q:
    """Made so long ago that they are to be forgotten."""
    return Q(made_at__lt=timezone.now() - dt.timedelta(days=KEPT_DAYS))
