"""What is taken and what is refused, by content; images keep their pixels and nothing else."""

import io
import zipfile

import pytest
from PIL import Image, PngImagePlugin

from passeur.accounts.tests.factories import MemberFactory
from passeur.writing import errors
from passeur.writing.adapters import disk, pictures
from passeur.writing.models import Attachment, Blob
from passeur.writing.services.naming import clean_name

from .factories import image_bytes, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei():
    return MemberFactory.create()


def archive(*names, mimetype=None) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        if mimetype:
            file.writestr("mimetype", mimetype)
        for name in names:
            file.writestr(name, "x")
    return made.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def kept(attachment) -> bytes:
    with disk.read(attachment.blob.sha256) as file:
        return file.read()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_an_image_is_kept_as_what_it_is_whatever_its_name_says(mei, kind):
    made = stored(mei, image_bytes(kind), "facture.pdf")
    assert made.blob.content_type == f"image/{kind.lower()}"
    assert made.name == {"JPEG": "facture.jpg"}.get(kind, f"facture.{kind.lower()}")
    assert (made.blob.width, made.blob.height) == (40, 30)
    with Image.open(io.BytesIO(kept(made))) as image:
        assert image.format == kind


def test_where_and_with_what_a_photo_was_taken_is_gone_and_it_stands_upright(mei):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Appareil de Karim"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 30.0)
    made = stored(mei, image_bytes("JPEG", exif=exif, comment=b"devant chez moi"), "photo.jpg")
    content = kept(made)
    with Image.open(io.BytesIO(content)) as image:
        assert not image.getexif()
        assert image.size == (30, 40)
        assert {"comment", "xmp", "icc_profile"} & set(image.info) == set()
    assert b"Karim" not in content
    assert b"devant" not in content


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_words_hidden_in_an_image_are_gone(mei, kind):
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Karim")
    notes.add_itxt("XML:com.adobe.xmp", "<x>Karim</x>")
    options = {"pnginfo": notes} if kind == "PNG" else {"xmp": b"<x>Karim</x>"}
    assert b"Karim" not in kept(stored(mei, image_bytes(kind, **options)))


def test_what_is_added_after_an_image_is_gone(mei):
    assert b"<script" not in kept(stored(mei, image_bytes("GIF") + b"<script>alert(1)</script>"))


def test_a_moving_image_still_moves(mei):
    frames = [Image.new("RGB", (10, 10), colour) for colour in ("red", "green", "blue")]
    made = io.BytesIO()
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:], duration=80)
    with Image.open(io.BytesIO(kept(stored(mei, made.getvalue())))) as image:
        assert getattr(image, "n_frames", 1) == 3
        assert image.info["duration"] == 80


def test_a_photo_with_more_pictures_behind_it_is_taken_as_the_photo(mei):
    made = io.BytesIO()
    behind = Image.new("RGB", (20, 15), "red")
    Image.new("RGB", (40, 30), "blue").save(made, "MPO", save_all=True, append_images=[behind])
    photo = stored(mei, made.getvalue(), "plage.jpg")
    assert (photo.name, photo.blob.content_type, photo.blob.width) == ("plage.jpg", "image/jpeg", 40)
    assert kept(photo).count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize(
    "content",
    [
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(range(256)),
        b"II*\0" + bytes(range(256)),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
)
def test_an_image_of_another_sort_is_refused_with_the_sort_to_save_it_as(mei, content):
    with pytest.raises(errors.AnotherImage, match="JPEG"):
        stored(mei, content, "IMG_0412.HEIC")


def test_a_large_photo_is_made_of_a_size_for_a_page(mei):
    made = stored(mei, image_bytes("JPEG", size=(5000, 2500)))
    assert (made.blob.width, made.blob.height) == (pictures.LONGEST_SIDE, pictures.LONGEST_SIDE // 2)


def test_an_image_of_too_many_pixels_is_refused_before_it_is_decoded(mei, monkeypatch):
    large = image_bytes("PNG")
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)
    monkeypatch.setattr(Image.Image, "load", lambda *_: pytest.fail("decoded"))
    with pytest.raises(errors.TooManyPixels, match="0 millions"):
        stored(mei, large)


def test_the_refusal_of_a_photo_names_the_limit_of_photos(mei):
    with pytest.raises(errors.TooManyPixels, match="50 millions"):
        stored(mei, image_bytes("JPEG", size=(9000, 6000)))


def test_a_broken_image_is_refused_in_words(mei):
    with pytest.raises(errors.BrokenImage, match="abîmée"):
        stored(mei, image_bytes("PNG", size=(400, 300))[:200])


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"%PDF-1.7\nx", "Plan.PDF", ("Plan.pdf", "application/pdf")),
        ("a;b\né;2\n".encode(), "stock.csv", ("stock.csv", "text/plain; charset=utf-8")),
        ("a;é\n".encode("cp1252"), "stock.csv", ("stock.csv", "text/plain; charset=utf-8")),
        (b"#!/bin/sh\nrm x\n", "run.sh", ("run.txt", "text/plain; charset=utf-8")),
        (archive("a.txt"), "lot.zip", ("lot.zip", "application/zip")),
        (
            archive("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
            "note.doc",
            ("note.odt", "application/vnd.oasis.opendocument.text"),
        ),
        (
            archive("[Content_Types].xml", "xl/workbook.xml"),
            "stock.xlsx",
            ("stock.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ),
    ],
)
def test_documents_that_are_taken(mei, content, name, expected):
    made = stored(mei, content, name)
    assert (made.name, made.blob.content_type) == expected
    if "officedocument" in made.blob.content_type or "opendocument" in made.blob.content_type:
        assert parts(kept(made)) == parts(content)
    else:
        assert kept(made) == content


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "dessin.png"),
        (b"<!doctype html><html><script>1</script></html>", "page.txt"),
        (b"  \n<script>alert(1)</script>", "page.txt"),
        (b"MZ\x90\x00" + b"\x00" * 100, "photo.jpg"),
        (b"\x7fELF\x02\x01" + b"\x00" * 100, "plan.pdf"),
        (archive("word/document.xml", "[Content_Types].xml", "word/vbaProject.bin"), "a.docx"),
        (archive("META-INF/MANIFEST.MF"), "a.zip"),
        (archive("[Content_Types].xml", "odd/thing.xml"), "a.docx"),
    ],
)
def test_what_could_act_is_refused(mei, content, name):
    with pytest.raises(errors.UnknownKind):
        stored(mei, content, name)
    assert not Attachment.objects.exists()


def test_an_empty_file_is_refused(mei):
    with pytest.raises(errors.EmptyFile):
        stored(mei, b"", "rien.txt")


def test_a_file_beyond_the_limit_is_refused(mei, settings):
    settings.FILE_LIMIT = 10
    with pytest.raises(errors.TooLarge):
        stored(mei, b"plus de dix octets", "long.txt")


def test_each_person_has_their_room_and_no_more(mei, settings):
    settings.FILES_QUOTA = 25
    stored(mei, b"vingt octets de texte", "un.txt")
    with pytest.raises(errors.QuotaReached):
        stored(mei, b"encore", "deux.txt")
    stored(MemberFactory.create(), b"encore", "deux.txt")


def test_the_same_bytes_lie_once_on_the_disk_and_their_addresses_say_nothing_of_it(mei, folder):
    first, second = stored(mei, b"pareil", "un.txt"), stored(MemberFactory.create(), b"pareil", "deux.txt")
    assert first.blob == second.blob
    assert first.key != second.key
    assert first.blob.sha256 not in (first.key, second.key)
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_a_full_disk_keeps_nothing_half_written_and_says_it_in_one_sentence(mei, folder, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("passeur.writing.adapters.disk.os.fsync", full)
    with pytest.raises(errors.NoRoomLeft, match="plus de place") as refused:
        stored(mei, b"un texte", "un.txt")
    assert str(refused.value).count("\n") == 0
    assert not Blob.objects.exists()
    assert [path for path in folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("C:\\temp\\plan  final.PDF", "plan-final.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("facture\u202efdp.exe", "facturefdp.pdf"),
        ("a\r\nSet-Cookie: x", "aSet-Cookie-x.pdf"),
        ('"><script>.pdf', "script.pdf"),
        ("", "fichier.pdf"),
        ("é" * 300, "é" * 100 + ".pdf"),
        ("Relevé_de_mars.2026.xlsx", "Relevé-de-mars.2026.pdf"),
    ],
)
def test_the_name_of_a_file_is_what_a_person_reads_and_nothing_a_system_obeys(name, cleaned):
    assert clean_name(name, "pdf") == cleaned
