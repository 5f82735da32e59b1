"""Every address of the administration that changes something leaves a line in the audit log."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from passeur.accounts.choices import Act as Account
from passeur.accounts.tests.factories import AdministratorFactory, MemberFactory
from passeur.communities.choices import Act as Community
from passeur.communities.tests.factories import (
    CommunityFactory,
    InvitationFactory,
    MembershipFactory,
    PrivateCommunityFactory,
)
from passeur.foundation.models import AuditEntry

from .. import urls
from ..choices import Act as Ours
from .factories import BatchLineFactory

pytestmark = pytest.mark.django_db

READ_ONLY = {"people", "person", "roles", "invitations", "communities", "log", "model", "file", "progress"}


class Scene:
    """An administrator, somebody else, and what stands behind each address."""

    def __init__(self, client):
        self.by = AdministratorFactory.create()
        self.member = MemberFactory.create(name="Émile Ouvert")
        self.community = PrivateCommunityFactory.create()
        MembershipFactory.create(community=self.community, member=self.member)
        self.elsewhere = CommunityFactory.create()
        self.batch = BatchLineFactory.create(community=self.community).batch
        self.invitation = InvitationFactory.create(community=self.community)
        self.client = client
        client.force_login(self.by, backend=settings.AUTHENTICATION_BACKENDS[-1])

    def at(self, name: str) -> dict[str, int]:
        """What stands behind the arguments of an address."""
        if name in {"role", "remove"}:
            return {"pk": self.member.pk, "community": self.community.pk}
        things = {"invitation": self.invitation, "archive": self.community}
        things |= dict.fromkeys(["run", "drop", "export_file"], self.batch)
        if name in {*OF_A_PERSON, *things}:
            return {"pk": things.get(name, self.member).pk}
        return {}


# By address: what is sent, and the act that is in the log afterwards.
ACTS = {
    "end_sessions": ({}, Account.SESSIONS_ENDED),
    "send_link": ({}, Account.HELP_SENT),
    "end_factors": ({}, Account.FACTORS_ENDED),
    "close": ({}, Account.CLOSED),
    "reopen": ({}, Account.REOPENED),
    "erase": ({"name": "emile ouvert"}, Account.ERASURE_ASKED),
    "administrator": ({}, Account.MADE_ADMINISTRATOR),
    "role": ({"role": "expert"}, Community.ROLE),
    "remove": ({}, Community.REMOVED),
    "invite_person": ({"role": "member"}, Community.INVITED),
    "invitation": ({"withdraw": "1"}, Community.WITHDRAWN),
    "archive": ({"archive": "1"}, Community.ARCHIVED),
    "files": ({}, Ours.BATCH_CHECKED),
    "run": ({}, Ours.BATCH_RUN),
    "drop": ({}, Ours.BATCH_DROPPED),
    "export_file": ({}, Ours.BATCH_EXPORTED),
    "export_log": ({}, Ours.LOG_EXPORTED),
}
OF_A_PERSON = {
    "end_sessions", "send_link", "end_factors", "close", "reopen", "erase", "administrator", "invite_person",
    "role", "remove",
}  # fmt: skip


@pytest.fixture
def scene(client):
    return Scene(client)


def test_every_address_is_here():
    names = {pattern.name for pattern in urls.urlpatterns}
    assert names == READ_ONLY | set(ACTS)


@pytest.mark.parametrize("name", ACTS)
def test_an_act_leaves_its_line(scene, name):
    fields, act = ACTS[name]
    fields = {**fields, **({"community": scene.elsewhere.pk} if name == "invite_person" else {})}
    sent: dict = dict(fields)
    if name == "files":
        sent["file"] = SimpleUploadedFile("people.csv", b"address\ningrid@orvelle.example")
    before = AuditEntry.objects.count()
    response = scene.client.post(reverse(f"administration:{name}", kwargs=scene.at(name)), sent)
    assert response.status_code in {200, 302}
    (line,) = AuditEntry.objects.order_by("pk")[before:]
    assert (line.act, line.by) == (act, scene.by.pk)
    if act not in {Community.INVITED, Community.WITHDRAWN}:  # an address may be nobody's yet
        assert line.member == (scene.member.pk if name in OF_A_PERSON else None)


@pytest.mark.parametrize("name", ACTS)
def test_nobody_else_does_it_and_no_line_is_left(scene, name):
    fields, _act = ACTS[name]
    scene.client.force_login(MemberFactory.create(), backend=settings.AUTHENTICATION_BACKENDS[-1])
    response = scene.client.post(reverse(f"administration:{name}", kwargs=scene.at(name)), fields)
    assert response.status_code == 403
    assert not AuditEntry.objects.exists()
