"""Keeping the ledger of erasures, and erasing again after a database was restored from before."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from ..adapters.ledger import Erased
from ..adapters.ledger import add as add_to_ledger
from ..adapters.ledger import read as read_ledger
from ..models import Erasure, Member
from .access import end_factors, end_sessions
from .erasing import carry_out_erasure

__all__ = ["Erased", "add_to_ledger", "erase_again", "erased", "note_erasures", "read_ledger"]


def erased() -> list[Erased]:
    """Everybody who is gone, or whose erasing was asked for."""
    rows = Member.objects.filter(Q(erased_at__isnull=False) | Q(erasure__isnull=False))
    now = timezone.now()
    return [
        Erased(pk, joined_at, done or asked or now)
        for pk, joined_at, done, asked in rows.values_list(
            "pk", "joined_at", "erased_at", "erasure__asked_at"
        )
    ]


def note_erasures(*paths: Path) -> int:
    """Write into the ledger (or into these) whom it lacks; how many. Doing it again changes nothing."""
    gone = erased()
    return sum(add_to_ledger(path, gone) for path in paths or (settings.ERASURES,))


def erase_again(people: Iterable[Erased]) -> int:
    """Erase those of these people who are here with a name, since the database is of before; how many."""
    return sum(_erase_again(one) for one in people)


def _erase_again(one: Erased) -> bool:
    here = Member.objects.filter(pk=one.member, joined_at=one.joined_at, erased_at=None).first()
    if here is None:
        return False
    with transaction.atomic():
        Erasure.objects.update_or_create(member=here, defaults={"done_at": None, "asked_at": one.at})
        Member.objects.filter(pk=here.pk).update(is_active=False, sign_in_epoch=F("sign_in_epoch") + 1)
        end_sessions(here)
        end_factors(here)
    return carry_out_erasure(here.pk)
