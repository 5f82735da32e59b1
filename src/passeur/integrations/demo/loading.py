"""Loads the demonstration, whole or not at all; loading it again changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from passeur.channels import queries as channels
from passeur.channels.services import bulk, runs
from passeur.conversations import services as conversations
from passeur.conversations.services import imports, similarity
from passeur.expertise import services as expertise
from passeur.feed import services as feed

from . import animation, learning, people
from .archive import DemoCommunity
from .clock import Clock
from .files import FOLDER, CommunityFiles, Company
from .signing_in import sign_ins
from .texts import Texts

Progress = Callable[[str, float], None]
WHAT_IS_NEW = 14
"""Days before the demonstration of which those who can sign in find news."""


def is_loaded() -> bool:
    """Whether the demonstration is there."""
    return channels.first_of_kind(DemoCommunity.kind) is not None


def load(*, progress: Progress = lambda phase, share: None, folder: Path = FOLDER) -> None:
    """Make the company's people and communities, and all that they wrote."""
    company = Company(folder)
    with transaction.atomic():
        # The clock stands where it stood the first time: what is there already does not move.
        before = channels.first_of_kind(DemoCommunity.kind)
        clock = Clock(before.created_at if before else timezone.now())
        progress(_("Personnes"), 0.0)
        members = people.provide_accounts(company, clock)
        profiles = {
            key: (pk, str(company.people[key]["name"]), reverse("accounts:profile", args=[pk]))
            for key, pk in members.items()
        }
        loaded: list[int] = []
        for number, files in enumerate(company.communities):
            progress(str(files.about["name"]), 0.2 + 0.8 * number / len(company.communities))
            loaded.append(_load_community(files, clock, members, Texts(files.slug, profiles)))
        # Nor can a feed wait for what the worker compares.
        similarity.index_questions()
        for community in loaded:
            feed.suggest_again(community)
        for sign_in in sign_ins(company):
            conversations.catch_up(members[sign_in.key], since=clock.ago(WHAT_IS_NEW))
    progress("", 1.0)


def _load_community(files: CommunityFiles, clock: Clock, members: dict[str, int], texts: Texts) -> int:
    joined = people.joining(files, clock)
    archive = DemoCommunity(
        files,
        clock=clock,
        texts=texts,
        keys={pk: key for key, pk in members.items()},
        joined=joined,
    )
    community = _provide_community(files, clock, archive)
    people.provide_memberships(files, community, members, joined)
    channel = runs.provide(archive.kind, archive.address, community=community, since=clock.now)
    people.provide_identities(channel, members)
    imports.load(archive, community=community)
    stated = [*files.about.get("skills", {}).values(), *files.about.get("interests", {}).values()]
    themes = imports.keys_by_name(community, [name for names in stated for name in names])
    people.provide_themes_of(files, members, themes)
    imports.follow_what_one_wrote_in(channel)
    imports.provide_misses(community, list(_misses(files, clock)))
    animation.provide_introductions(files, community, members, clock)
    animation.provide_rituals(files, community, members, clock)
    learning.provide_courses(files, community, members, clock)
    # The worker would do it in a minute; the first page is opened before that.
    expertise.rebuild(community, lists=True)
    return community


def _provide_community(files: CommunityFiles, clock: Clock, archive: DemoCommunity) -> int:
    about = files.about
    quiet_from, quiet_until = (dt.time.fromisoformat(hour) for hour in about["quiet_hours"])
    founded = clock.ago(about["founded_days_ago"])
    bulk.insert_rows(
        "communities.Community",
        [
            {
                "slug": files.slug,
                "name": about["name"],
                "purpose": " ".join(about["purpose"].split()),
                "entry": about.get("entry", "open"),
                "first_reply_goal": about["first_reply_goal_hours"],
                "quiet_from": quiet_from,
                "quiet_until": quiet_until,
                "created_at": founded,
            }
        ],
    )
    community = imports.community_for(archive)
    bulk.insert_rows(
        "communities.Charter",
        [
            {
                "community_id": community,
                "version": 1,
                "text": about["charter"].strip(),
                "published_at": founded,
            }
        ],
    )
    return community


def _misses(files: CommunityFiles, clock: Clock) -> list[tuple[str, dt.date, int]]:
    """Searches that found nothing: as often as is written in the last four weeks, and twice that often in the
    twenty before, so that the figures have a period to compare with.
    """
    found: list[tuple[str, dt.date, int]] = []
    for searched in files.about.get("searches_without_result", []):
        words, times = str(searched["query"]), int(searched["times"])
        days: dict[dt.date, int] = {}
        latest = [1 + (place * 37 + len(words) * 5) % 27 for place in range(times)]
        earlier = [28 + (place * 53 + len(words) * 11) % 140 for place in range(2 * times)]
        for back in (*latest, *earlier):
            day = clock.ago(back).date()
            days[day] = days.get(day, 0) + 1
        found += [(words, day, count) for day, count in days.items()]
    return found
