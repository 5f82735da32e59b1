"""The page of notes: one's own, answered, done, taken back; what others have is not found."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from passeur.communities.tests.factories import ManagerFactory, MembershipFactory
from passeur.conversations.tests.factories import question

from .. import services
from ..models import Note
from .factories import NoteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def note():
    return NoteFactory.create(text="Un mot pour commencer.")


@pytest.fixture
def anais(client, note):
    client.force_login(note.to)
    return client


def test_one_reads_what_one_was_written(anais, note):
    NoteFactory.create(text="Pour une autre personne.")
    page = anais.get(reverse("outreach:notes")).content.decode()
    assert "Un mot pour commencer." in page
    assert "Pour une autre personne." not in page


def test_an_empty_page_says_what_will_come(client):
    client.force_login(MembershipFactory.create().member)
    assert "Aucun mot pour l’instant" in client.get(reverse("outreach:notes")).content.decode()


def test_the_navigation_counts_what_is_open(anais, note):
    count = '<span class="n">1</span>'
    assert count in anais.get(reverse("outreach:notes")).content.decode()
    anais.post(reverse("outreach:done", args=[note.pk]))
    assert count not in anais.get(reverse("outreach:notes")).content.decode()


def test_a_reply_is_sent_and_can_be_taken_back_from_the_toast(anais, note):
    sent = anais.post(reverse("outreach:reply", args=[note.pk]), {"text": "Merci !"}, follow=True)
    written = Note.objects.get(in_reply_to=note)
    undo = reverse("outreach:withdraw", args=[written.pk])
    assert undo in sent.content.decode()
    anais.post(undo)
    written.refresh_from_db()
    note.refresh_from_db()
    assert written.withdrawn_at is not None
    assert note.done_at is None


def test_done_can_be_undone_from_the_toast(anais, note):
    page = anais.post(reverse("outreach:done", args=[note.pk]), follow=True).content.decode()
    undo = reverse("outreach:reopen", args=[note.pk])
    assert undo in page
    assert anais.post(undo).url.endswith(f"#note-{note.pk}")
    note.refresh_from_db()
    assert note.done_at is None


def test_a_reply_without_words_is_asked_for_again(anais, note):
    again = anais.post(reverse("outreach:reply", args=[note.pk]), {"text": " "})
    assert again.status_code == 422
    assert "Il manque le texte" in again.content.decode()
    assert "Un mot pour commencer." in again.content.decode()


@pytest.mark.parametrize("name", ["reply", "done", "reopen", "withdraw"])
@pytest.mark.parametrize("who", ["who wrote it", "a member", "an LCM of elsewhere"])
def test_the_notes_of_others_are_not_found(client, note, name, who):
    person = {
        "who wrote it": lambda: note.by,
        "a member": lambda: MembershipFactory.create(community=note.community).member,
        "an LCM of elsewhere": lambda: ManagerFactory.create().member,
    }[who]()
    client.force_login(person)
    answer = client.post(reverse(f"outreach:{name}", args=[note.pk]), {"text": "Moi."})
    if name == "withdraw" and who == "who wrote it":
        assert answer.status_code == 302
    else:
        assert answer.status_code == 404


def test_what_was_taken_back_is_not_answered(anais, note):
    services.withdraw(note=note, by=note.by)
    assert anais.get(reverse("outreach:reply", args=[note.pk])).status_code == 404


def test_the_page_asks_as_much_for_many_notes(anais, note):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            anais.get(reverse("outreach:notes"))
        return len(seen)

    asked()
    one = asked()
    for _ in range(5):
        asked_about = question(community=note.community)
        NoteFactory.create(
            community=note.community, to=note.to, conversation=asked_about, towards=asked_about.author
        )
    assert asked() == one
