"""What people say about themselves and how they want Passeur to be."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import events, policies
from ..models import Member
from ..protocols import holders


def edit_profile(
    *, member: Member, name: str, job: str, team: str, site: str, bio: str, handle: str | None, by: Member
) -> None:
    """Change what others read about `member`."""
    require(policies.can_edit(by, member))
    member.name, member.job, member.team, member.site, member.bio = name, job, team, site, bio
    member.handle = handle or member.handle
    member.save(update_fields=["name", "job", "team", "site", "bio", "handle"])


def edit_preferences(
    *,
    member: Member,
    language: str,
    time_zone: str,
    appearance: str,
    shortcuts: bool,
    receives_questions: bool,
    weekly_cap: int,
    paused_until: dt.date | None,
    by: Member,
) -> None:
    """Change how Passeur looks and speaks to `member`, and how much it may ask."""
    require(policies.can_edit(by, member))
    before = (member.receives_questions, member.weekly_cap, member.paused_until)
    member.language, member.time_zone, member.appearance = language, time_zone, appearance
    member.shortcuts = shortcuts
    member.receives_questions, member.weekly_cap = receives_questions, weekly_cap
    member.paused_until = paused_until
    with transaction.atomic():
        member.save(
            update_fields=[
                "language",
                "time_zone",
                "appearance",
                "shortcuts",
                "receives_questions",
                "weekly_cap",
                "paused_until",
            ]
        )
        if before != (receives_questions, weekly_cap, paused_until):
            bus.publish(events.AvailabilityChanged(member.pk))


def choose(*, member: Member, by: Member, **choices: bool) -> None:
    """Set switches of `member`: `receives_questions`, `introducible`."""
    require(policies.can_edit(by, member))
    unknown = set(choices) - {"receives_questions", "introducible"}
    if unknown:
        raise ValueError(unknown)
    with transaction.atomic():
        for name, on in choices.items():
            setattr(member, name, on)
        member.save(update_fields=list(choices))
        if "receives_questions" in choices:
            bus.publish(events.AvailabilityChanged(member.pk))


def set_choice(*, member: Member, key: str, on: bool) -> bool:
    """Set a switch of any room; False where there is none of that name."""
    require(policies.can_edit(member, member))
    return any(held.choose(member, key, on=on) for _room, held in holders())
