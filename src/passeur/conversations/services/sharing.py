"""Whether others see what one did for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models import MilestoneSight

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def let_see(*, by: Member, accepted: bool | None = None, rest: bool | None = None) -> None:
    """Let others see one's first accepted answer, or the rest of one's milestones, or not any more."""
    chosen = {name: on for name, on in (("accepted", accepted), ("rest", rest)) if on is not None}
    MilestoneSight.objects.update_or_create(member=by, defaults=chosen)
