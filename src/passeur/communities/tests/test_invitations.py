"""An address is invited; the link in its mail, and nothing else, lets it in."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from passeur.accounts.tests.factories import ImportedMemberFactory, MemberFactory

from .. import policies, queries, services
from ..choices import Role
from ..errors import AlreadyMember, CharterChanged, HasAccount, InvitationEnded, OtherAddress
from .factories import (
    CharterFactory,
    InvitationFactory,
    ManagerFactory,
    MembershipFactory,
    PrivateCommunityFactory,
)

pytestmark = pytest.mark.django_db
PASSWORD = "quatre mots sur la rivière"


@pytest.fixture
def manager():
    return ManagerFactory.create(community=PrivateCommunityFactory.create())


def accept(invitation, **changes):
    given = {
        "token": queries.token_of(invitation),
        "name": "Anaïs Petit",
        "password": PASSWORD,
        "charter_version": None,
    }
    return services.accept_as_newcomer(**given | changes)


def test_a_newcomer_gets_an_account_with_a_verified_address_and_the_role_invited_for(manager):
    invitation = services.invite(
        community=manager.community, email=" Anais@Orvelle.Example ", role=Role.EXPERT, by=manager.member
    )
    member, community = accept(invitation)
    assert member.email == "anais@orvelle.example"
    assert member.check_password(PASSWORD)
    assert member.emailaddress_set.get().verified
    assert policies.member_role(member, community) == Role.EXPERT


def test_an_invitation_serves_once(manager):
    invitation = InvitationFactory.create(community=manager.community)
    accept(invitation)
    with pytest.raises(InvitationEnded):
        accept(invitation)


def test_an_old_invitation_serves_no_more(manager):
    invitation = InvitationFactory.create(
        community=manager.community, expires_at=timezone.now() - dt.timedelta(seconds=1)
    )
    with pytest.raises(InvitationEnded):
        accept(invitation)


def test_inviting_again_ends_the_link_of_the_mail_before(manager):
    first = services.invite(community=manager.community, email="a@b.example", by=manager.member)
    old = queries.token_of(first)
    second = services.invite(community=manager.community, email="A@B.example", by=manager.member)
    assert second.pk == first.pk
    with pytest.raises(InvitationEnded):
        accept(second, token=old)
    accept(second)


@pytest.mark.parametrize("token", ["", "nonsense", "WzEsIngiXQ:1xW7Y3:forged"])
def test_a_forged_link_lets_nobody_in(token, manager):
    with pytest.raises(InvitationEnded):
        queries.invitation_of(token)


def test_what_the_table_holds_does_not_make_a_link(manager):
    invitation = InvitationFactory.create(community=manager.community)
    with pytest.raises(InvitationEnded):
        queries.invitation_of(invitation.serial)


def test_the_account_of_another_address_cannot_accept(manager):
    invitation = InvitationFactory.create(community=manager.community)
    with pytest.raises(OtherAddress):
        services.accept_as_member(
            token=queries.token_of(invitation), member=MemberFactory.create(), charter_version=None
        )


def test_an_address_with_an_account_makes_no_second_one(manager):
    member = MemberFactory.create()
    invitation = InvitationFactory.create(community=manager.community, email=member.email)
    with pytest.raises(HasAccount):
        accept(invitation)
    services.accept_as_member(token=queries.token_of(invitation), member=member, charter_version=None)
    assert policies.is_member(member, manager.community)


def test_current_members_are_not_invited_again(manager):
    with pytest.raises(AlreadyMember):
        services.invite(community=manager.community, email=manager.member.email.upper(), by=manager.member)


def test_nothing_is_opened_when_the_charter_changed_meanwhile(manager):
    invitation = InvitationFactory.create(community=manager.community)
    CharterFactory.create(community=manager.community)
    with pytest.raises(CharterChanged):
        accept(invitation)
    assert invitation.is_open
    assert not type(manager.member).objects.filter(email=invitation.email).exists()


def test_with_claims_the_newcomer_takes_over_the_imported_member(manager, run_jobs):
    imported = MembershipFactory.create(
        community=manager.community, member=ImportedMemberFactory.create()
    ).member
    invitation = services.invite(
        community=manager.community, email="a@b.example", claims=imported, by=manager.member
    )
    member, _ = accept(invitation)
    run_jobs()
    imported.refresh_from_db()
    assert imported.merged_into == member


@pytest.mark.parametrize(("language", "words"), [("fr", "vous invite"), ("en", "invites you|vous invite")])
def test_the_mail_speaks_the_language_of_its_recipient_and_holds_the_link_in_both_forms(
    client, manager, run_jobs, mailoutbox, language, words
):
    recipient = MemberFactory.create(language=language)
    client.force_login(manager.member)
    address = reverse("communities:invite", args=[manager.community.slug])
    assert client.post(address, {"email": recipient.email, "role": "member"}).status_code == 302
    run_jobs()
    [mail] = mailoutbox
    html = mail.alternatives[0].content
    assert mail.to == [recipient.email]
    assert f'<html lang="{language}">' in html
    assert re.search(words, mail.body)
    [link] = re.findall(r"http://testserver/invitations/\S+", mail.body)
    assert link in html
    assert client.get(link).status_code == 403  # the manager who is signed in is not the one invited


def test_inviting_answers_the_same_whether_the_address_has_an_account_or_not(client, manager):
    client.force_login(manager.member)
    address = reverse("communities:invite", args=[manager.community.slug])
    known = client.post(address, {"email": MemberFactory.create().email, "role": "member"})
    unknown = client.post(address, {"email": "nobody@orvelle.example", "role": "member"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_the_page_of_the_link_opens_the_account_and_signs_in(client, manager):
    charter = CharterFactory.create(community=manager.community)
    invitation = InvitationFactory.create(community=manager.community)
    address = reverse("communities:invitation", args=[queries.token_of(invitation)])
    assert charter.text in client.get(address).content.decode()
    refused = client.post(address, {"name": "Anaïs Petit", "password": "court", "version": 1})
    assert refused.status_code == 422
    entered = client.post(
        address, {"name": "Anaïs Petit", "password": PASSWORD, "version": 1, "accepted": "on"}
    )
    assert entered["Location"] == manager.community.get_absolute_url()
    assert client.get(manager.community.get_absolute_url()).status_code == 200


def test_an_ended_link_says_so(client):
    answer = client.get(reverse("communities:invitation", args=["x"]))
    assert answer.status_code == 410
    assert "n’est plus valable" in answer.content.decode()
