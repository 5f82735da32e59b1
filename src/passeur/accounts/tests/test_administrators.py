"""Who administers: one always stays. What administrators do for who cannot get in, and what is kept of it."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied

from passeur.foundation.models import AuditEntry

from .. import services
from ..choices import Act
from ..errors import LastAdministrator
from ..models import Member
from .factories import AdministratorFactory, MemberFactory

pytestmark = pytest.mark.django_db


def test_an_administrator_names_another_and_takes_it_back():
    ada, emile = AdministratorFactory.create(), MemberFactory.create()
    services.name_administrator(member=emile, by=ada)
    assert Member.objects.get(pk=emile.pk).is_administrator
    services.remove_administrator(member=emile, by=ada)
    assert not Member.objects.get(pk=emile.pk).is_administrator
    acts = AuditEntry.objects.order_by("pk").values_list("act", "by", "member")
    assert list(acts) == [
        (Act.MADE_ADMINISTRATOR, ada.pk, emile.pk),
        (Act.NO_ADMINISTRATOR, ada.pk, emile.pk),
    ]


def test_the_last_administrator_stays(client):
    ada = AdministratorFactory.create()
    AdministratorFactory.create(is_active=False)
    with pytest.raises(LastAdministrator):
        services.remove_administrator(member=ada, by=ada)
    with pytest.raises(LastAdministrator):
        services.erase(member=ada, by=ada)
    assert Member.objects.get(pk=ada.pk).is_administrator
    assert not AuditEntry.objects.exists()


def test_the_last_administrator_who_wants_to_be_erased_reads_why_not(client, settings):
    ada = AdministratorFactory.create(name="Ada Admin")
    client.force_login(ada, backend=settings.AUTHENTICATION_BACKENDS[-1])
    page = client.post("/me/erase/", {"name": "Ada Admin"})
    assert page.status_code == 422
    assert "Confiez d’abord ce rôle" in page.content.decode()


def test_two_administrators_cannot_close_each_other():
    ada, bea = AdministratorFactory.create(), AdministratorFactory.create()
    services.close_account(member=bea, by=ada)
    # What the second request read before the first was done.
    bea.is_active = True
    with pytest.raises(LastAdministrator):
        services.close_account(member=ada, by=bea)


def test_nobody_else_names_administrators():
    emile, mei = MemberFactory.create(), MemberFactory.create()
    with pytest.raises(PermissionDenied):
        services.name_administrator(member=emile, by=mei)
    with pytest.raises(PermissionDenied):
        services.send_sign_in_link(member=emile, by=mei)


def test_lost_factors_go_and_the_person_is_told(run_jobs, mailoutbox):
    ada, emile = AdministratorFactory.create(), MemberFactory.create(language="en")
    Authenticator.objects.create(user=emile, type=Authenticator.Type.TOTP, data={})
    services.end_factors_of(member=emile, by=ada)
    assert not Authenticator.objects.filter(user=emile).exists()
    run_jobs()
    (mail,) = mailoutbox
    assert mail.to == [emile.email]
    assert "signed you out everywhere" in mail.body


def test_the_link_goes_to_the_person_and_to_nobody_else(run_jobs, mailoutbox):
    ada, emile = AdministratorFactory.create(), MemberFactory.create()
    services.send_sign_in_link(member=emile, by=ada)
    run_jobs()
    assert [mail.to for mail in mailoutbox] == [[emile.email]]
    assert "/accounts/password/reset/key/" in mailoutbox[0].body
