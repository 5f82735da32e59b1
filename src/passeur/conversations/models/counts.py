"""How many conversations are in which state, kept beside them: lists need not read what they count."""

from __future__ import annotations

from django.db import models

from ..choices import State


class StateCount(models.Model):
    """So many conversations of a community more, or fewer, in a state; the sum of its rows is how many.

    Triggers of the table of conversations add rows in the transaction of the change (migration 0006),
    whoever writes; a row is never changed, so that two writers never wait for each other. A job makes few
    rows of many.
    """

    # Rows of a community that is deleted with its conversations come to nothing, and are folded away.
    community = models.ForeignKey(
        "communities.Community", on_delete=models.DO_NOTHING, related_name="+", db_constraint=False
    )
    state = models.CharField(max_length=10, choices=State)
    n = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.community_id} {self.state}: {self.n:+}"
