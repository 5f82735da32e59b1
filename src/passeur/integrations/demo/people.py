"""The people of the demonstration: accounts, memberships with their roles, what they know and follow."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from typing import Any

from passeur.accounts import services as accounts
from passeur.accounts.errors import AddressTaken
from passeur.accounts.queries import people as known
from passeur.channels.services import bulk

from .archive import SEED
from .clock import Clock
from .files import CommunityFiles, Company
from .signing_in import password

NEW_SINCE = 12
"""Days within which somebody is a newcomer."""


def provide_accounts(company: Company, clock: Clock) -> dict[str, int]:
    """A member for each person of the company, by key; who signs in has the password that is printed."""
    can_sign_in = set(company.about["sign_ins"].values())
    founded = max(files.about["founded_days_ago"] for files in company.communities)
    members = {}
    for key, person in company.people.items():
        try:
            member = accounts.open_account(
                email=person["email"],
                name=person["name"],
                password=password() if key in can_sign_in else None,
                handle=key,
                job=person.get("job", ""),
                team=person.get("team", ""),
                site=person.get("site", ""),
                bio=person.get("bio", ""),
                language=person.get("language", "fr"),
                is_administrator=key == company.about["sign_ins"]["administrator"],
                joined_at=clock.ago(founded + 1),
                paused_until=clock.ago(-20).date() if person.get("paused") else None,
            )
        except AddressTaken:
            there = known.by_email(person["email"])
            if there is None:
                raise
            member = there
        members[key] = member.pk
    return members


def joining(files: CommunityFiles, clock: Clock) -> dict[str, dt.datetime]:
    """Since when each member is there: founders from the first day, newcomers lately."""
    about = files.about
    founded = clock.ago(about["founded_days_ago"])
    first = _first_written(files, clock)
    steering = {key for keys in about["roles"].values() for key in keys}
    newcomers = set(about.get("newcomers", []))
    joined = {}
    for key in dict.fromkeys([*about["members"], *steering]):
        drawn = random.Random(f"{SEED}/{files.slug}/joined/{key}")  # noqa: S311 - a story, not a secret
        if key in newcomers:
            since = clock.ago(drawn.uniform(2, NEW_SINCE - 1))
        elif key in steering:
            since = founded
        else:
            # Half of a community comes in its first two months.
            days = min(drawn.expovariate(1 / 60), about["founded_days_ago"] - 30)
            since = founded + dt.timedelta(days=days)
        wrote = first.get(key)
        joined[key] = min(since, wrote - dt.timedelta(hours=drawn.uniform(1, 40))) if wrote else since
    return joined


def provide_memberships(
    files: CommunityFiles, community: int, members: Mapping[str, int], joined: Mapping[str, dt.datetime]
) -> None:
    """Everybody in the role they hold; all accepted the charter."""
    roles = {key: role for role, keys in files.about["roles"].items() for key in keys}
    bulk.insert_rows(
        "communities.Membership",
        [
            {
                "community_id": community,
                "member_id": members[key],
                "role": roles.get(key, "member"),
                "joined_at": since,
                "charter_version": 1,
            }
            for key, since in joined.items()
        ],
    )


def provide_identities(channel: int, members: Mapping[str, int]) -> None:
    """The loader finds each author by their key."""
    bulk.insert_rows(
        "channels.Identity",
        [{"channel_id": channel, "external_id": key, "member_id": pk} for key, pk in members.items()],
    )


def provide_themes_of(files: CommunityFiles, members: Mapping[str, int], themes: Mapping[str, int]) -> None:
    """Skills that people state, and themes that they follow."""
    for what, label in (("skills", "skills.DeclaredSkill"), ("interests", "skills.Interest")):
        rows = [
            {"member_id": members[key], "theme_id": themes[name]}
            for key, names in files.about.get(what, {}).items()
            for name in names
            if name in themes
        ]
        bulk.insert_rows(label, rows)


def _first_written(files: CommunityFiles, clock: Clock) -> dict[str, dt.datetime]:
    first: dict[str, dt.datetime] = {}

    def seen(told: Mapping[str, Any], at: dt.datetime) -> None:
        first[told["author"]] = min(at, first.get(told["author"], at))

    for conversation in files.conversations.values():
        story = clock.story(conversation["days_ago"])
        seen(conversation, story.began)
        for reply in [conversation, *conversation.get("answers", []), *conversation.get("replies", [])]:
            for told in [reply, *reply.get("comments", [])]:
                if at := story.later(told.get("after_hours", 0)):
                    seen(told, at)
    return first
