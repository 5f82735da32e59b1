"""A note leaves a little later, once, in the recipient's language, unless it was taken back."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from passeur.accounts.tests.factories import ImportedMemberFactory, MemberFactory
from passeur.communities.choices import Entry, Role
from passeur.communities.tests.factories import CommunityFactory, ManagerFactory, MembershipFactory
from passeur.conversations.tests.factories import question
from passeur.notifications.queries import listed as told
from passeur.notifications.tests.factories import WishesFactory, post, tuesday

from .. import errors, notices, policies, queries, services
from ..choices import Purpose
from .factories import NoteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return CommunityFactory.create()


@pytest.fixture
def naima(community):
    member = MemberFactory.create(name="Naïma Ferrand")
    return ManagerFactory.create(community=community, member=member).member


@pytest.fixture
def anais(community):
    member = MemberFactory.create(name="Anaïs Girard", email="anais@orvelle.example")
    return MembershipFactory.create(community=community, member=member).member


def write(community, by, to, **fields):
    given = {"purpose": Purpose.WELCOME, "text": "Bienvenue parmi nous.", **fields}
    return services.write(community=community, by=by, to=to, **given)


# Mail


def the_letter() -> tuple[Any, str, str]:
    """The only letter that left, its text and its HTML."""
    letter: Any
    (letter,) = mail.outbox
    ((html, kind),) = letter.alternatives
    assert kind == "text/html"
    return letter, letter.body, html


def test_the_mail_waits_for_the_grace_period(community, naima, anais, run_jobs):
    WishesFactory.create(member=anais, quiet_from=dt.time(0), quiet_until=dt.time(0), quiet_weekend=False)
    write(community, naima, anais)
    run_jobs()
    assert post(timezone.now() + dt.timedelta(seconds=notices.GRACE - 10)) == 0
    assert post(timezone.now() + dt.timedelta(seconds=notices.GRACE + 10)) == 1


def test_the_mail_is_text_and_html_with_what_it_is_about(community, naima, anais, run_jobs, settings):
    settings.ORIGIN = "https://passeur.example.org"
    asked = question(community=community, author=anais, title="Où sont les stocks ?")
    note = write(
        community, naima, anais, text="Bienvenue <b> & bonne route.\n\nÀ bientôt.", conversation=asked
    )
    run_jobs()
    post()
    letter, text, html = the_letter()
    assert letter.to == ["anais@orvelle.example"]
    assert letter.subject == "Naïma Ferrand – Un mot pour vous"
    for body in (text, html):
        assert "Bonjour Anaïs," in body
        assert "Naïma Ferrand" in body
        assert f"https://passeur.example.org/conversations/{asked.pk}/" in body
        assert "https://passeur.example.org/me/notes/" in body
    assert "Bienvenue <b> & bonne route." in text
    assert "Bienvenue &lt;b&gt; &amp; bonne route." in html
    run_jobs()
    note.refresh_from_db()
    assert note.sent_at is not None


def test_the_mail_names_whom_to_go_towards(community, naima, anais, run_jobs):
    karim = MembershipFactory.create(community=community, member__name="Karim Haddad").member
    write(community, naima, anais, purpose=Purpose.REACH_OUT, towards=karim)
    run_jobs()
    post()
    for body in the_letter()[1:]:
        assert "Karim Haddad" in body
        assert reverse("accounts:profile", args=[karim.pk]) in body


def test_the_mail_speaks_the_language_of_who_receives_it(community, naima, anais, run_jobs):
    anais.language = "en"
    anais.save()
    write(community, naima, anais)
    run_jobs()
    post()
    letter, text, html = the_letter()
    for french in ("Bonjour Anaïs", "Répondre ou dire", "Un mot pour vous"):
        assert french not in text + html + letter.subject


def test_the_mail_leaves_once(community, naima, anais, run_jobs):
    note = write(community, naima, anais)
    run_jobs()
    post()
    services.tell(note.pk)
    post()
    assert len(mail.outbox) == 1


def test_nothing_leaves_after_it_was_taken_back(community, naima, anais, run_jobs):
    note = write(community, naima, anais)
    services.withdraw(note=note, by=naima)
    run_jobs()
    assert post() == 0
    assert list(queries.received(anais)) == []


def test_what_left_cannot_be_taken_back(community, naima, anais, run_jobs):
    note = write(community, naima, anais)
    run_jobs()
    post()
    with pytest.raises(errors.AlreadySent):
        services.withdraw(note=note, by=naima)
    assert queries.open_count(anais) == 1


def test_it_can_be_taken_back_while_quiet_hours_hold_it_and_leaves_the_page_too(
    community, naima, anais, run_jobs
):
    note = write(community, naima, anais)
    run_jobs()
    assert post(tuesday(22)) == 0
    assert told(anais).groups != []
    services.withdraw(note=note, by=naima)
    assert post(tuesday() + dt.timedelta(days=1)) == 0
    assert told(anais).groups == []


def test_nothing_of_a_conversation_that_one_may_not_read_any_more(naima, anais, community, run_jobs):
    asked = question(community=community, author=naima, title="Où sont les stocks ?")
    write(community, naima, anais, conversation=asked)
    run_jobs()
    community.entry = Entry.INVITATION
    community.save()
    anais.memberships.update(left_at=timezone.now())
    assert post() == 0


def test_a_note_of_a_private_community_is_read_by_its_members_alone(client, naima, anais, community):
    note = write(community, naima, anais, text="À taire.")
    community.entry = Entry.INVITATION
    community.save()
    client.force_login(anais)
    assert "À taire." in client.get(reverse("outreach:notes")).content.decode()
    anais.memberships.update(left_at=timezone.now())
    assert "À taire." not in client.get(reverse("outreach:notes")).content.decode()
    assert client.get(reverse("outreach:reply", args=[note.pk])).status_code == 404
    naima.memberships.update(left_at=timezone.now())
    client.force_login(naima)
    assert client.post(reverse("outreach:withdraw", args=[note.pk])).status_code == 404


def test_a_leaver_gets_no_mail(community, naima, anais, run_jobs):
    write(community, naima, anais)
    anais.is_active = False
    anais.save()
    run_jobs()
    assert post() == 0


# Who writes to whom


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.LCM, True), (Role.TRAINING_MANAGER, True), (Role.EXPERT, False), (Role.MEMBER, False)],
)
def test_those_who_steer_write(community, anais, role, may):
    by = MembershipFactory.create(community=community, role=role).member
    assert policies.can_write(by, anais, community) is may
    if not may:
        with pytest.raises(PermissionDenied):
            write(community, by, anais)


def test_they_write_to_members_of_the_same_community_not_to_themselves(community, naima):
    for to in (MemberFactory.create(), ManagerFactory.create().member, naima):
        with pytest.raises(PermissionDenied):
            write(community, naima, to)


def test_nobody_writes_to_somebody_without_an_account(community, naima):
    hopper = MembershipFactory.create(community=community, member=ImportedMemberFactory.create()).member
    with pytest.raises(errors.NoAccount):
        write(community, naima, hopper)


def test_a_note_has_words(community, naima, anais):
    with pytest.raises(errors.EmptyNote):
        write(community, naima, anais, text="  \n ")


def test_who_wrote_it_or_animates_with_them_takes_it_back(community, naima, anais):
    leila = ManagerFactory.create(community=community).member
    stranger = ManagerFactory.create().member
    note = write(community, naima, anais)
    for other in (anais, stranger):
        with pytest.raises(PermissionDenied):
            services.withdraw(note=note, by=other)
    services.withdraw(note=note, by=leila)


# What becomes of it


def test_a_reply_goes_to_who_wrote_and_marks_the_note_as_done(community, naima, anais, run_jobs):
    note = write(community, naima, anais)
    written = services.reply(note=note, text="Merci !", by=anais)
    note.refresh_from_db()
    assert note.done_at is not None
    assert (written.to, written.by, written.purpose, written.in_reply_to) == (
        naima,
        anais,
        Purpose.REPLY,
        note,
    )
    assert queries.open_count(anais) == 0
    run_jobs()
    post()
    assert [letter.to for letter in mail.outbox] == [[naima.email]]  # what is done needs no mail


def test_a_reply_taken_back_leaves_the_note_open(community, naima, anais):
    note = write(community, naima, anais)
    services.withdraw(note=services.reply(note=note, text="Merci !", by=anais), by=anais)
    assert queries.open_count(anais) == 1
    assert list(queries.received(naima)) == []


def test_only_who_received_it_answers_or_finishes_it(community, naima, anais):
    note = write(community, naima, anais)
    for act in (services.finish, services.reopen):
        with pytest.raises(PermissionDenied):
            act(note=note, by=naima)
    with pytest.raises(PermissionDenied):
        services.reply(note=note, text="Moi", by=naima)


def test_done_and_open_again(community, naima, anais):
    note = write(community, naima, anais)
    services.finish(note=note, by=anais)
    assert queries.open_count(anais) == 0
    services.reopen(note=note, by=anais)
    assert queries.open_count(anais) == 1


def test_everybody_sees_their_own_notes_only(community, naima, anais):
    note = write(community, naima, anais)
    other = NoteFactory.create(community=community)
    assert list(queries.received(anais)) == [note]
    assert queries.by_id(anais, note.pk) == note
    assert queries.by_id(naima, note.pk) == note
    assert queries.by_id(anais, other.pk) is None
    assert queries.received_by_id(naima, note.pk) is None


def test_who_is_on_the_way_to_somebody(community, naima, anais):
    karim = MembershipFactory.create(community=community).member
    note = write(community, naima, anais, purpose=Purpose.REACH_OUT, towards=karim)
    write(community, naima, karim)
    assert queries.asked_to_reach([community]) == {(community.pk, anais.pk)}
    assert queries.asked_to_reach([CommunityFactory.create()]) == set()
    services.finish(note=note, by=anais)
    assert queries.asked_to_reach([community]) == set()
