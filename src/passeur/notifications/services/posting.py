"""One round of the post: what is due is claimed, then what waits is sent. Any number of workers may do it."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from . import claiming, digesting, sending


def post(now: dt.datetime | None = None) -> int:
    """Let leave what may leave now; how many letters left."""
    at = now or timezone.now()
    claiming.claim_due(at)
    digesting.claim_due(at)
    return sending.send_waiting(at)
