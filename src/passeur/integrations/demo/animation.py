"""What animates the communities of the demonstration: people brought together, and what comes back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from passeur.channels.services import bulk
from passeur.rituals import queries as rituals
from passeur.rituals import services as planning

from .clock import Clock
from .files import CommunityFiles

EVERY = {"weekly": dt.timedelta(days=7), "fortnightly": dt.timedelta(days=14)}


def provide_introductions(
    files: CommunityFiles, community: int, members: Mapping[str, int], clock: Clock
) -> None:
    """Pairs of members: one that waits for an answer, or one that both accepted."""
    for told in files.about.get("introductions", []):
        first, second = sorted(members[key] for key in told["between"])
        proposed = clock.ago(told["days_ago"])
        opened = told.get("opened_days_ago")
        by = told.get("by")
        answer = "yes" if opened is not None else ""
        bulk.insert_rows(
            "introductions.Introduction",
            [
                {
                    "community_id": community,
                    "first_id": first,
                    "second_id": second,
                    "by_passeur": by is None,
                    "proposed_by_id": members[by] if by else None,
                    "reason": told.get("reason", ""),
                    "found": json.dumps([_found(found, members) for found in told.get("found", [])]),
                    "state": "open" if opened is not None else "proposed",
                    "first_answer": answer,
                    "second_answer": answer,
                    "created_at": proposed,
                    "expires_at": proposed + dt.timedelta(days=14),
                    "opened_at": clock.ago(opened) if opened is not None else None,
                }
            ],
        )


def provide_rituals(files: CommunityFiles, community: int, members: Mapping[str, int], clock: Clock) -> None:
    """What comes back: the times it took place, and the next ones from the day after the first loading on."""
    tomorrow = clock.now.date() + dt.timedelta(days=1)
    there = rituals.titles_in(community)
    for told in files.about.get("rituals", []):
        if told["title"] in there:
            continue
        came = told.get("came", [])
        bulk.insert_rows(
            "rituals.Ritual",
            [
                {
                    "community_id": community,
                    "form": told["form"],
                    "title": told["title"],
                    "text": told.get("text", "").strip(),
                    "place": told.get("place", ""),
                    "cadence": told["cadence"],
                    "weekday": told.get("weekday", 0),
                    "hour": dt.time.fromisoformat(told["hour"]),
                    "starts_on": tomorrow - len(came) * EVERY[told["cadence"]],
                    "since": tomorrow,
                    "owner_id": members[told["owner"]],
                    "substitute_id": members[told["substitute"]],
                    "created_at": clock.ago(1) - len(came) * EVERY[told["cadence"]],
                }
            ],
        )
        planning.took_place(community=community, title=told["title"], came=came)
    planning.plan_all()


def _found(told: Mapping[str, Any], members: Mapping[str, int]) -> list[Any]:
    """A reason of Passeur's as introductions keep it."""
    return [told["why"], members[told["who"]] if "who" in told else 0, told.get("themes", [])]
