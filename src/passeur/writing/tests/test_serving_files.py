"""Files are read by those who may read the text, and cannot act as pages."""

import pytest
from django.conf import settings
from django.urls import reverse

from passeur.accounts.tests.factories import MemberFactory
from passeur.foundation.errors import PasseurError
from passeur.writing import queries, services

from .factories import image_bytes, sent, stored

pytestmark = pytest.mark.django_db

BACKEND = settings.AUTHENTICATION_BACKENDS[-1]


@pytest.fixture
def mei():
    return MemberFactory.create()


@pytest.fixture
def karim():
    return MemberFactory.create()


def read(client, member, attachment, **headers):
    client.logout()
    client.force_login(member, backend=BACKEND)
    return client.get(queries.address_of(attachment), headers=headers)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_until_it_is_published_only_its_owner_reads_it(client, mei, karim):
    photo = stored(mei)
    assert read(client, mei, photo).status_code == 200
    assert read(client, karim, photo).status_code == 404


def test_then_the_readers_of_the_text_do_and_they_alone(client, mei, karim, wall):
    photo = stored(mei)
    services.hang(kind=wall.kind, object_id=1, texts=[services.markdown_of(photo)], by=mei)
    wall.readers[1] = {karim.pk}
    assert read(client, karim, photo).status_code == 200
    assert read(client, MemberFactory.create(), photo).status_code == 404
    assert read(client, mei, photo).status_code == 404, (
        "who left no longer reads there what they brought there"
    )


def test_an_address_copied_into_another_text_opens_nothing(client, mei, karim, wall):
    photo = stored(mei)
    services.hang(kind=wall.kind, object_id=1, texts=[services.markdown_of(photo)], by=mei)
    services.hang(kind=wall.kind, object_id=2, texts=[services.markdown_of(photo)], by=karim)
    wall.readers[2] = {karim.pk}
    assert read(client, karim, photo).status_code == 404
    shown = queries.pictures([queries.address_of(photo)], by=karim, kind=wall.kind, object_id=2)
    assert shown == {}


def test_who_edits_the_text_of_another_keeps_its_files(mei, karim, wall):
    photo = stored(mei)
    words = [services.markdown_of(photo)]
    services.hang(kind=wall.kind, object_id=1, texts=words, by=mei)
    services.hang(kind=wall.kind, object_id=1, texts=words, by=karim)
    assert photo.uses.count() == 1


def test_an_image_is_shown_and_everything_else_is_downloaded(client, mei):
    image, note = stored(mei), stored(mei, b"des mots", "note.txt")
    assert read(client, mei, image)["Content-Disposition"].startswith("inline")
    assert read(client, mei, note)["Content-Disposition"].startswith("attachment")


def test_a_file_cannot_act(client, mei):
    response = read(client, mei, stored(mei, b"des mots", "note.txt"))
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert body(response) == b"des mots"


SCRIPT = b"<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"GIF89a/*" + b"\0" * 20 + b"*/=1;" + SCRIPT, "anime.gif"),
        (image_bytes("GIF") + SCRIPT, "anime.gif"),
        (image_bytes("JPEG") + b"<html>" + SCRIPT, "photo.html"),
        (image_bytes("PNG") + b"PK\x03\x04" + SCRIPT, "photo.svg"),
        (b"%PDF-1.7\n<html>" + SCRIPT, "plan.html"),
        (
            b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>" + SCRIPT + b"</html>",
            "a.xhtml",
        ),
        ("\ufeff<html><script>1</script></html>".encode("utf-16"), "page.txt"),
        (b"\xef\xbb\xbf<html>" + SCRIPT, "page.csv"),
        (b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "sept.html"),
        (b"alert(1)", "acte.js"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "dessin.svg"),
        (b"des mots\n" * 200 + SCRIPT, "long.html"),
    ],
)
def test_what_is_two_things_at_once_is_served_as_one_that_cannot_act(client, mei, content, name):
    try:
        made = stored(mei, content, name)
    except PasseurError:
        return
    response = read(client, mei, made)
    kind = response["Content-Type"].partition(";")[0]
    assert kind in {"image/gif", "image/jpeg", "image/png", "text/plain", "application/pdf"}
    assert made.name.rpartition(".")[2] in {"gif", "jpg", "jpeg", "png", "txt", "csv", "pdf"}
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    if kind.startswith("image/"):
        assert SCRIPT not in body(response)
    else:
        assert response["Content-Disposition"].startswith("attachment")


def test_a_browser_that_has_it_is_asked_again_who_it_is_and_told_that_it_did_not_change(client, mei, karim):
    photo = stored(mei)
    etag = read(client, mei, photo)["ETag"]
    assert read(client, mei, photo, if_none_match=etag).status_code == 304
    assert read(client, karim, photo, if_none_match=etag).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "said", "content"),
    [
        ("bytes=0-2", 206, "bytes 0-2/8", b"des"),
        ("bytes=4-", 206, "bytes 4-7/8", b"mots"),
        ("bytes=-4", 206, "bytes 4-7/8", b"mots"),
        ("bytes=4-99", 206, "bytes 4-7/8", b"mots"),
        ("bytes=0-1,3-4", 200, None, b"des mots"),
        ("lines=1-2", 200, None, b"des mots"),
    ],
)
def test_a_part_of_a_file(client, mei, asked, status, said, content):
    response = read(client, mei, stored(mei, b"des mots", "note.txt"), range=asked)
    assert (response.status_code, response.get("Content-Range"), body(response)) == (status, said, content)
    assert response["Content-Length"] == str(len(content))


def test_a_part_is_of_the_file_itself_whatever_the_browser_can_unpack(client, mei):
    long = stored(mei, b"des mots " * 500, "note.txt")
    response = read(client, mei, long, range="bytes=0-2999", accept_encoding="gzip")
    assert (response.status_code, len(body(response)), response["Content-Length"]) == (206, 3000, "3000")
    assert response["Content-Encoding"] == "identity"
    assert response["ETag"] == f'"{long.key}"'


def test_a_part_beyond_the_end(client, mei):
    response = read(client, mei, stored(mei, b"des mots", "note.txt"), range="bytes=8-")
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */8")


def upload(client, member, file):
    client.force_login(member, backend=BACKEND)
    return client.post(reverse("writing:upload"), {"one-files": file})


def test_the_editor_sends_a_file_and_learns_how_the_text_shows_it(client, mei):
    answer = upload(client, mei, sent(name="Schéma [1].png"))
    assert answer.status_code == 201
    told = answer.json()
    assert told["markdown"] == f"![]({told['address']})"
    assert client.get(told["address"]).status_code == 200


def test_the_editor_learns_what_stays_in_a_file(client, mei):
    assert upload(client, mei, sent()).json()["say"] == ""
    told = upload(client, mei, sent(b"%PDF-1.7\n/ByteRange [0 1 2 3]", "contrat.pdf")).json()
    assert told["markdown"].startswith("[contrat.pdf](/files/")
    assert "contrat.pdf\u00a0» est signé" in told["say"]


def test_a_refusal_is_one_sentence(client, mei):
    answer = upload(client, mei, sent(b"MZ\x90\x00" + b"\x00" * 50, "jeu.exe"))
    assert answer.status_code == 422
    assert "jeu.exe" in answer.json()["say"]


def test_a_file_that_is_too_large_is_not_even_kept_on_the_way(client, mei, settings, folder):
    settings.FILE_LIMIT = 1000
    answer = upload(client, mei, sent(b"x" * 5000, "long.txt"))
    assert answer.status_code == 422
    assert "dépasse" in answer.json()["say"]
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_disk_that_is_full_while_a_file_arrives_costs_no_word_of_the_form(client, mei, monkeypatch):
    def full():
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("passeur.writing.adapters.uploads.disk.incoming", full)
    answer = upload(client, mei, sent())
    assert answer.status_code == 422
    assert "n’a plus de place" in answer.json()["say"]


def test_a_stranger_writes_nothing_to_the_disk(client, folder):
    client.post(reverse("writing:upload"), {"one-files": sent()})
    assert not folder.exists()
