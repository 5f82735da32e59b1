"""A person says that an expertise inferred about them is not so; or that it is, after all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from passeur.foundation.policies import require

from .. import policies
from ..choices import Scope
from ..models import Contest, Tally

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def contest(*, member: Member, theme: int, by: Member) -> None:
    """From now on the theme is neither shown for them nor used to bring them questions.

    Nothing says to anybody that they contested it: they are simply not there.
    """
    require(policies.can_contest(by, member))
    shown = Tally.objects.filter(scope=Scope.THEME, key=theme, person=member)
    if shown.exists():
        Contest.objects.get_or_create(member=member, theme_id=theme)


def accept_again(*, member: Member, theme: int, by: Member) -> None:
    """It is shown and used again."""
    require(policies.can_contest(by, member))
    Contest.objects.filter(member=member, theme_id=theme).delete()
