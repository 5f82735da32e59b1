"""Inviting from the command line: looked at without a trace, done once, in somebody's name."""

from __future__ import annotations

import pytest

from passeur.accounts.tests.factories import AdministratorFactory
from passeur.administration import queries, services
from passeur.communities.tests.factories import CommunityFactory
from passeur.foundation.errors import PasseurError
from passeur.foundation.models import AuditEntry
from passeur.project import bulk

pytestmark = pytest.mark.django_db
PEOPLE = "adresse;communauté\na@example.org;ete\nb@example.org;\n".encode()


@pytest.fixture
def place():
    return CommunityFactory.create(slug="ete")


def check(keep: bool = True, email: str | None = None, community: str | None = None):
    told: list[str] = []
    batch = bulk.check(
        PEOPLE,
        email=email,
        community=community,
        keep=keep,
        tell=lambda found: told.extend(line.plan for line in found.lines.all()),
    )
    return batch, told


def test_a_dry_run_tells_and_leaves_no_trace(place, run_jobs):
    AdministratorFactory.create()
    assert check(keep=False) == (None, ["invite", "unnamed"])
    assert run_jobs() == 0
    assert not queries.batches().exists()
    assert not AuditEntry.objects.exists()


def test_the_same_file_twice_invites_once(place, run_jobs, mailoutbox):
    ada = AdministratorFactory.create()
    for _ in range(2):
        batch, _told = check(community="ete")
        assert batch is not None
        services.carry_on(batch.pk)
        run_jobs()
    assert sorted(mail.to[0] for mail in mailoutbox) == ["a@example.org", "b@example.org"]
    assert set(place.invitations.values_list("invited_by", flat=True)) == {ada.pk}


def test_in_whose_name_is_asked_where_it_is_not_plain(place):
    with pytest.raises(PasseurError, match="createmanager"):
        check()
    ada, bea = AdministratorFactory.create(), AdministratorFactory.create()
    with pytest.raises(PasseurError, match="--as"):
        check()
    batch, _told = check(email=bea.email)
    assert batch is not None
    assert batch.run_by == bea
    ada.is_administrator = False
    ada.save()
    with pytest.raises(PasseurError, match="Personne n’administre"):
        check(email=ada.email)


def test_no_such_community_is_one_sentence(place):
    AdministratorFactory.create()
    with pytest.raises(PasseurError, match="ailleurs"):
        check(community="ailleurs")
