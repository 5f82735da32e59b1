"""What is known, handed out and erased of drafts and files."""

import pytest

from passeur.accounts.protocols import Traces, holders
from passeur.accounts.tests.factories import MemberFactory
from passeur.writing import services
from passeur.writing.adapters import disk
from passeur.writing.models import Attachment, Draft

from .factories import DraftFactory, stored

pytestmark = pytest.mark.django_db

TRACES = Traces(names=["Mei Tran"], addresses=["mei@orvelle.example"], handles=["mei-tran"])


@pytest.fixture
def mei():
    return MemberFactory.create(name="Mei Tran")


@pytest.fixture
def held():
    return dict(holders())["writing"]


def test_what_is_known_and_handed_out(held, mei):
    DraftFactory.create(member=mei, fields={"body": ["Un."]})
    stored(mei, b"des mots", "note.txt")
    DraftFactory.create()
    assert len(list(held.known(mei))) == 2
    told = held.export(mei)
    assert [draft["fields"] for draft in told["drafts"]] == [{"body": ["Un."]}]
    (file,) = told["files"]
    (attached,) = held.attachments(mei)
    with attached.content:
        assert attached.content.read() == b"des mots"
    assert file["path"] == f"files/{attached.name}"


def test_erased_drafts_and_files_are_gone_and_texts_keep_the_description(held, mei, wall):
    photo, other = stored(mei), stored(MemberFactory.create(), b"des mots", "note.txt")
    DraftFactory.create(member=mei)
    wall.said[1] = [f"Voyez {services.markdown_of(photo, 'le galet')}, merci."]
    services.hang(kind=wall.kind, object_id=1, texts=wall.said[1], by=mei)
    assert photo.uses.exists()
    held.erase(mei, TRACES)
    held.erase(mei, TRACES)
    assert not Draft.objects.exists()
    assert list(Attachment.objects.all()) == [other]
    assert wall.said[1] == ["Voyez le galet (fichier effacé), merci."]
    services.collect_bytes()
    assert not disk.place_of(photo.blob.sha256).exists()
    assert disk.place_of(other.blob.sha256).exists()


def test_the_name_of_who_is_erased_leaves_the_drafts_and_files_of_others(held, mei):
    draft = DraftFactory.create(
        fields={"body": ["Comme disait Mei Tran, gardez."]}, set_aside={"body": ["@mei-tran"]}
    )
    file = stored(MemberFactory.create(), b"des mots", "CV de Mei Tran.txt")
    held.erase(mei, TRACES)
    draft.refresh_from_db()
    file.refresh_from_db()
    assert draft.fields == {"body": ["Comme disait Membre parti, gardez."]}
    assert draft.set_aside == {"body": ["@membre-parti"]}
    assert file.name == "fichier.txt"
