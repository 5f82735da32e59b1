"""Who is who in statements: by proof, by hand, and never against what was decided by hand."""

from __future__ import annotations

from hashlib import sha1

import pytest
from django.core.exceptions import PermissionDenied

from passeur.accounts.services import open_account
from passeur.accounts.tests.factories import MemberFactory
from passeur.foundation.models import AuditEntry

from ..choices import Act, IdentifierKind, Link
from ..models import Agent
from ..protocols import home
from ..queries import people
from ..services import linking
from .factories import AgentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def nora():
    return open_account(email="nora@example.org", name="Nora Petit", password="une phrase assez longue")


@pytest.fixture
def administrator():
    return MemberFactory.create(is_administrator=True)


def agent(kind: IdentifierKind, value: str, place: str = "") -> Agent:
    return AgentFactory.create(kind=kind, value=value, home=place, member=None)


def digest(text: str) -> str:
    return sha1(text.encode(), usedforsecurity=False).hexdigest()


def linked(one: Agent) -> int | None:
    one.refresh_from_db()
    return one.member_id


def test_what_proves_itself_is_linked(nora):
    ways = [
        agent(IdentifierKind.ACCOUNT, str(nora.pk), home()),
        agent(IdentifierKind.MAILBOX, "mailto:nora@example.org"),
        agent(IdentifierKind.MAILBOX_HASH, digest("mailto:nora@example.org")),
    ]
    assert linking.prove_all() == 3
    assert [linked(one) for one in ways] == [nora.pk] * 3
    assert {one.pk for one in ways} <= set(people.keys_of(nora))


@pytest.mark.parametrize(
    ("kind", "value", "place"),
    [
        (IdentifierKind.ACCOUNT, "{pk}", "https://elsewhere.example.org"),
        (IdentifierKind.ACCOUNT, "0x{pk}", ""),
        (IdentifierKind.MAILBOX, "mailto:nora@example.com", ""),
        (IdentifierKind.MAILBOX_HASH, digest("nora@example.org"), ""),
        (IdentifierKind.OPENID, "https://nora.example.org", ""),
    ],
)
def test_what_proves_nothing_is_not(nora, kind, value, place):
    one = agent(kind, value.format(pk=nora.pk), place or (home() if kind == IdentifierKind.ACCOUNT else ""))
    assert linking.prove_all() == 0
    assert linked(one) is None


def test_an_address_that_nobody_proved_links_nothing():
    MemberFactory.create(email="somebody@example.org")
    one = agent(IdentifierKind.MAILBOX, "mailto:somebody@example.org")
    assert linking.prove_all() == 0
    assert linked(one) is None


def test_a_room_above_may_vouch_for_an_account(nora, monkeypatch):
    one = agent(IdentifierKind.ACCOUNT, "n.petit", "https://lms.example.org")
    monkeypatch.setattr(linking, "proofs", [lambda found: dict.fromkeys(found, nora.pk)])
    assert linking.prove_all() == 1
    assert linked(one) == nora.pk


def test_what_was_parted_by_hand_stays_so(nora, administrator):
    one = agent(IdentifierKind.MAILBOX, "mailto:nora@example.org")
    linking.prove_all()
    linking.part(agent=one, by=administrator)
    assert linking.prove_all() == 0
    assert linked(one) is None
    linking.link(agent=one, member=nora, by=administrator)
    assert linked(one) == nora.pk
    assert one.link == Link.HAND


def test_each_gesture_is_kept_in_the_audit_log(nora, administrator):
    one = agent(IdentifierKind.OPENID, "https://nora.example.org")
    linking.link(agent=one, member=nora, by=administrator)
    linking.part(agent=one, by=administrator)
    linking.part(agent=one, by=administrator)
    kept = AuditEntry.objects.filter(act__startswith="xapi-agent").order_by("pk")
    assert [(row.act, row.by, row.member) for row in kept] == [
        (Act.AGENT_LINKED, administrator.pk, nora.pk),
        (Act.AGENT_PARTED, administrator.pk, nora.pk),
    ]


def test_only_administrators_say_who_is_whom(nora):
    one = agent(IdentifierKind.OPENID, "https://nora.example.org")
    with pytest.raises(PermissionDenied):
        linking.link(agent=one, member=nora, by=nora)
    with pytest.raises(PermissionDenied):
        linking.part(agent=one, by=nora)


def test_nobody_is_a_machine_or_somebody_erased(administrator):
    one = agent(IdentifierKind.OPENID, "https://nora.example.org")
    with pytest.raises(PermissionDenied):
        linking.link(agent=one, member=MemberFactory.create(is_machine=True, email=None), by=administrator)
