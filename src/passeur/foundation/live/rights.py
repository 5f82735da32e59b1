"""Whether those who listen still may: their session, their account, and the policy of each thing.

Asked for all listeners of an announcement together: three queries, however many they are.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, get_user, get_user_model
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from .listener import Claim, Listener
from .topics import Topic


@dataclass(frozen=True, slots=True)
class Verdict:
    """Claims that no longer hold, and by thing the members (keys) who may no longer listen to it."""

    ended: set[Claim]
    refused: dict[Topic, set[int]]


def claim_of(cookies: str) -> Claim | None:
    """Who these cookies are, as the pages know them; None for a stranger."""
    try:
        key = SimpleCookie(cookies)[settings.SESSION_COOKIE_NAME].value
    except (KeyError, CookieError):
        return None
    store = import_module(settings.SESSION_ENGINE).SessionStore
    request: Any = HttpRequest()
    request.session = store(key)
    member = get_user(request)
    if not member.is_authenticated or not member.is_active or request.session.session_key is None:
        return None
    return Claim(member.pk, request.session.session_key, request.session.get(HASH_SESSION_KEY, ""))


def judge(claims: Collection[Claim], wanted: dict[Topic, set[int]]) -> Verdict:
    """Look at sessions, accounts, and at who of `wanted` may listen to each thing."""
    ended = set(claims) - _living(claims)
    refused = {thing: members - thing.readers(members) for thing, members in wanted.items()}
    return Verdict(ended, {thing: members for thing, members in refused.items() if members})


def wanted_by(listeners: Collection[Listener]) -> dict[Topic, set[int]]:
    """By thing, the members who listen to it."""
    wanted: dict[Topic, set[int]] = defaultdict(set)
    for listener in listeners:
        for thing in listener.topics:
            wanted[thing].add(listener.claim.member)
    return dict(wanted)


def _living(claims: Collection[Claim]) -> set[Claim]:
    keys = [claim.session for claim in claims]
    sessions = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).values_list(
            "session_key", flat=True
        )
    )
    members: dict[int, Any] = get_user_model()._default_manager.in_bulk({claim.member for claim in claims})
    return {
        claim
        for claim in claims
        if claim.session in sessions
        and (member := members.get(claim.member)) is not None
        and member.is_active
        and constant_time_compare(claim.proof, member.get_session_auth_hash())
    }
