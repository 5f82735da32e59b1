"""What each address answers to whom, said in advance: a new address without a line here fails.

`test_every_address` walks all doors as a stranger, and looks for leaks; this one holds the right answer of
each, and what each does with something that is sent there: one walk for all that is asked of it.
"""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.architecture.test_every_address import signed_in_as, url_of
from tests.architecture.world import INSIDERS, ONE_PER_SERVER, OUTSIDERS, ROLES, World, addresses, build

pytestmark = pytest.mark.django_db

SEEN, LEADS_ON, REFUSED, ABSENT, POST_ONLY, OVER = 200, 302, 403, 404, 405, 410
NOT_A_PROGRAM = 401  # being signed in opens nothing to programs
# Administrators run the installation; a private community is as absent for them as for any outsider.
ELSEWHERE = ["administrator", *OUTSIDERS]


def everybody(answer: int) -> dict[str, int]:
    return dict.fromkeys(ROLES, answer)


def inside(answer: int = SEEN, **others: int) -> dict[str, int]:
    """Insiders get this answer, unless said otherwise for a role; for all the others it does not exist."""
    said = {role.replace("_", " "): code for role, code in others.items()}
    return {**dict.fromkeys(INSIDERS, answer), **dict.fromkeys(ELSEWHERE, ABSENT), **said}


MANAGER_ONLY = inside(REFUSED, lcm=SEEN)
STEERING = {"lcm", "training manager"}


def steering(answer: int) -> dict[str, int]:
    """Who steers a community gets this answer; all the others are refused."""
    return {role: answer if role in STEERING else REFUSED for role in ROLES}


ADMINISTRATION = everybody(REFUSED) | {"administrator": SEEN}
MY_OWN = everybody(SEEN)
FOR_ME_ALONE = everybody(ABSENT)  # nobody of the walk is the one it belongs to

# What a GET answers to somebody signed in; strangers are in `test_every_address`.
GETS: dict[str, dict[str, int]] = {
    **dict.fromkeys(
        [
            "accounts:address", "accounts:edit_profile", "accounts:erase",
            "accounts:erased", "accounts:export", "accounts:export_file", "accounts:known",
            "accounts:preferences", "accounts:security",
            "communities:list", "conversations:everywhere", "dashboards:definitions", "feed:mine",
            "feed:settings",
            "mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes",
            "conversations:search", "expertise:referrals", "foundation:accessibility", "foundation:palette",
            "notifications:bell",
            "notifications:list", "notifications:preferences", "outreach:notes",
            "skills:mine", "writing:drafts", "account_inactive", "account_logout", "account_reset_password",
            "account_reset_password_done", "account_reset_password_from_key",
            "account_reset_password_from_key_done", "account_signup",
        ],
        MY_OWN,
    ),
    **dict.fromkeys(
        [
            "account_login", "account_change_password", "account_set_password", "desk:home",
            "mfa_authenticate", "mfa_index", "mfa_login_webauthn",
        ],
        everybody(LEADS_ON),
    ),
    # Nobody of the walk has a password to prove themselves with, nor a second factor to look at.
    **dict.fromkeys(
        ["account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"], everybody(REFUSED)
    ),
    **dict.fromkeys(
        [
            "mfa_deactivate_totp", "mfa_download_recovery_codes", "mfa_remove_webauthn",
            "mfa_view_recovery_codes",
        ],
        FOR_ME_ALONE,
    ),
    **dict.fromkeys(
        [
            "accounts:profile", "communities:charter", "communities:detail", "communities:leave",
            "conversations:choose", "conversations:comment", "conversations:detail", "conversations:history",
            "conversations:link", "conversations:list", "conversations:news", "conversations:similar",
            "conversations:outdated",
            "communities:people", "conversations:people", "conversations:start", "expertise:who",
            "skills:theme", "skills:themes",
        ],
        inside(),
    ),
    **dict.fromkeys(
        ["communities:charter_version", "conversations:contribution", "conversations:from-outside"],
        inside(LEADS_ON),
    ),
    **dict.fromkeys(
        [
            "communities:claims", "communities:edit_charter", "communities:invite", "communities:members",
            "communities:remove", "communities:settings", "conversations:spotlight", "skills:create",
            "skills:edit",
        ],
        MANAGER_ONLY,
    ),
    **dict.fromkeys(
        [
            "administration:administrator", "administration:close", "administration:end_factors",
            "administration:communities", "administration:erase", "administration:file",
            "administration:files", "administration:model", "administration:progress",
            "administration:invitations",
            "administration:log", "administration:people", "administration:person", "administration:remove",
            "administration:roles",
        ],
        ADMINISTRATION,
    ),
    "communities:claim": FOR_ME_ALONE,
    "metrics": everybody(NOT_A_PROGRAM),
    "communities:create": everybody(REFUSED) | {"lcm": SEEN, "administrator": SEEN},
    "accounts:confirm_address": everybody(OVER),
    "communities:invitation": everybody(REFUSED),
    "conversations:ask": {**dict.fromkeys(INSIDERS, LEADS_ON), **dict.fromkeys(ELSEWHERE, SEEN)},
    "conversations:close": inside(REFUSED, member=SEEN, lcm=SEEN),
    "conversations:edit": inside(REFUSED, expert=SEEN, lcm=SEEN),
    "dashboards:file": steering(SEEN),
    "dashboards:home": steering(LEADS_ON),
    "dashboards:list": steering(ABSENT),
    "dashboards:page": steering(SEEN),
    "desk:move": everybody(ABSENT) | {"lcm": LEADS_ON},
    "desk:news": everybody(ABSENT) | {"lcm": SEEN},
    "desk:today": everybody(LEADS_ON) | {"lcm": SEEN},
    "expertise:decline": inside(REFUSED, expert=SEEN),
    "notifications:open": FOR_ME_ALONE,
    "notifications:unsubscribe": FOR_ME_ALONE,
    "introductions:exchange": inside(ABSENT, member=SEEN, expert=SEEN),
    "introductions:mine": MY_OWN,
    "introductions:propose": MANAGER_ONLY,
    "introductions:proposed": MANAGER_ONLY,
    "rituals:create": MANAGER_ONLY,
    **dict.fromkeys(
        [
            "records:activities", "records:activity_profile", "records:agent_profile", "records:agents",
            "records:state", "records:statements",
        ],
        everybody(NOT_A_PROGRAM),
    ),
    "records:about": MY_OWN,
    "records:clients": everybody(REFUSED) | {"administrator": SEEN},
    "records:course": everybody(REFUSED) | {"lcm": ABSENT, "administrator": ABSENT},
    "records:courses": everybody(REFUSED) | {"lcm": SEEN, "administrator": SEEN},
    "records:create_forward": everybody(REFUSED) | {"administrator": SEEN},
    "records:forward": everybody(REFUSED) | {"administrator": ABSENT},
    "records:forwards": everybody(REFUSED) | {"administrator": SEEN},
    "records:link": everybody(REFUSED) | {"administrator": ABSENT},
    "records:offered": everybody(REFUSED) | {"administrator": SEEN},
    "records:people": everybody(REFUSED) | {"administrator": SEEN},
    "records:create_client": everybody(REFUSED) | {"administrator": SEEN},
    "records:revoke": everybody(REFUSED) | {"administrator": ABSENT},
    "rituals:edit": MANAGER_ONLY,
    "rituals:hold": inside(SEEN, **{"training manager": REFUSED}),
    "rituals:plan": MANAGER_ONLY,
    **dict.fromkeys(["sponsors:file", "sponsors:named", "sponsors:preview"], MANAGER_ONLY),
    **dict.fromkeys(["sponsors:answer", "sponsors:stop"], MY_OWN),  # the link is the proof
    "outreach:reply": FOR_ME_ALONE,
    "writing:file": inside(),
}  # fmt: skip
ACTS = {
    "accounts:choose", "administration:end_sessions", "administration:export_log", "administration:reopen",
    "administration:archive", "administration:invitation", "administration:invite_person",
    "administration:drop", "administration:export_file", "administration:role", "administration:run",
    "administration:send_link",
    "accounts:end_others", "accounts:end_session", "expertise:accept_again",
    "expertise:contest", "feed:choose", "feed:conversation", "feed:round", "feed:theme", "feed:unround",
    "communities:archive", "communities:change_role", "communities:decide_claim",
    "communities:renew_invitation", "conversations:accept", "conversations:delete",
    "conversations:end-spotlight", "conversations:follow", "conversations:holds",
    "conversations:react", "conversations:reopen", "conversations:take-back",
    "conversations:reply", "conversations:restore", "conversations:withdraw", "desk:done", "desk:hand",
    "desk:snooze", "desk:undo", "expertise:accept", "expertise:refer", "expertise:withdraw",
    "foundation:language", "foundation:preview", "notifications:mail_again", "notifications:read_all",
    "introductions:accept", "introductions:decline", "introductions:reconsider", "rituals:gesture",
    "records:forward_gesture", "records:part", "records:rotate", "records:untie",
    "sponsors:take_off",
    "outreach:done", "outreach:reopen", "outreach:withdraw",
    "conversations:preview",
    "writing:discard", "writing:keep", "writing:save", "writing:state", "writing:swap",
    "writing:upload",
    "skills:add_synonym", "skills:declare", "skills:follow", "skills:merge", "skills:remove_synonym",
}  # fmt: skip
# Pages that only show: they take no POST, whoever sends it.
FOR_READING = {
    name for name in GETS if name.split(":")[-1] in {
        "detail", "list", "everywhere", "search", "history", "contribution", "from-outside", "profile",
        "members", "claims", "charter_version", "theme", "themes", "today", "home", "referrals", "notes",
        "proposed", "plan",
        "open", "palette", "choose", "ask", "similar", "account_inactive", "account_reset_password_done",
        "account_reset_password_from_key_done", "file", "drafts", "erased", "export", "export_file", "known",
        "security", "news", "people", "page",
    }
} | {
    "introductions:mine", "records:clients", "records:courses", "records:forward", "records:forwards",
    "records:offered",
    "records:people", "sponsors:preview",
    "administration:communities", "administration:invitations", "administration:roles",
    "administration:people", "administration:person", "administration:log", "administration:model",
    "administration:file", "administration:progress",
}  # fmt: skip
# Of oneself or of everybody: they show a person who belongs nowhere nothing of a private community.
OPEN_TO_ALL = {"accounts", "foundation"}
PRIVATE = {
    address.name
    for address in addresses()
    if address.arguments and address.access != "public" and address.name.split(":")[0] not in OPEN_TO_ALL
}
KEEPS_OUT = {REFUSED, ABSENT, POST_ONLY}


@pytest.fixture
def world() -> World:
    return build()


def answers(client: Client, method: str, url: str) -> int:
    with transaction.atomic():
        code = int(getattr(client, method)(url).status_code)
        transaction.set_rollback(True)
    return code


def test_every_address_has_its_answer_said():
    names = {address.name for address in addresses()}
    assert set(GETS) | ACTS == names
    assert not set(GETS) & ACTS
    assert all(code < 500 for said in GETS.values() for code in said.values())


@pytest.mark.parametrize("role", ONE_PER_SERVER)
def test_each_role_gets_the_answer_that_was_said(world, role):
    client = signed_in_as(role, world)
    found, said = {}, {}
    for address in addresses():
        said[address.name] = GETS.get(address.name, everybody(POST_ONLY))[role]
        found[address.name] = answers(client, "get", url_of(address, world))
    assert found == said


def test_what_is_private_is_said_to_keep_outsiders_out():
    """And so it does: what is said here is what each gets, below."""
    said = {
        (name, role): GETS.get(name, everybody(POST_ONLY))[role] for name in PRIVATE for role in OUTSIDERS
    }
    assert {where: code for where, code in said.items() if code not in KEEPS_OUT} == {}


@pytest.mark.parametrize("role", ONE_PER_SERVER)
def test_what_each_role_sends_breaks_nothing_and_gets_in_nowhere(world, role):
    """What is for reading takes no POST; what is private is refused to outsiders, or is not there."""
    client = signed_in_as(role, world)
    found = {}
    for address in addresses():
        found[address.name] = answers(client, "post", url_of(address, world))
        if address.name == "account_logout":
            client = signed_in_as(role, world)
    assert {name: code for name, code in found.items() if code >= 500} == {}
    assert {name: found[name] for name in FOR_READING if found[name] != POST_ONLY} == {}
    if role in OUTSIDERS:
        assert {name: found[name] for name in PRIVATE if found[name] not in KEEPS_OUT} == {}


def test_who_was_deactivated_is_a_stranger_at_once(world):
    client = signed_in_as("member", world)
    member = world.people["member"]
    member.is_active = False
    member.save()
    assert client.get(reverse("conversations:everywhere")).status_code == LEADS_ON
