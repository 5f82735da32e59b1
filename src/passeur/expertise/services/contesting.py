"""A person says that an expertise inferred about them is not so; or that it is, after all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from passeur.foundation.policies import require

from .. import policies
from ..choices import Scope
from ..models import Contest, Tally

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def contest(*, member: Member, theme: int, by: Member) -> bool:
    """From now on the theme is neither shown for them nor used to bring them questions.

    Nothing says to anybody that they contested it: they are simply not there.
    False where nothing was inferred.
    """
    require(policies.can_contest(by, member))
    shown = Tally.objects.filter(scope=Scope.THEME, key=theme, person=member)
    if not shown.exists():
        return False
    Contest.objects.get_or_create(member=member, theme_id=theme)
    return True


def accept_again(*, member: Member, theme: int, by: Member) -> bool:
    """It is shown and used again; False where it was not contested."""
    require(policies.can_contest(by, member))
    return Contest.objects.filter(member=member, theme_id=theme).delete()[0] > 0
