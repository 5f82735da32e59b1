"""Until where the store was read."""

from __future__ import annotations

import datetime as dt

from ..models.rolled import EPOCH, Progress


def through() -> dt.datetime:
    """`stored` of the last statement that counts."""
    found = Progress.objects.filter(pk=1).values_list("through", flat=True).first()
    return found or EPOCH
