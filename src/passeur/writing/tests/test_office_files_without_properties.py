"""Office files keep what they say, and lose who made them, with what, where and when."""

import io
import struct
import zipfile

import pytest
from PIL import Image, PngImagePlugin

from passeur.accounts.tests.factories import MemberFactory
from passeur.writing.adapters import disk, packages

from .factories import brought, image_bytes

pytestmark = pytest.mark.django_db

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
ODT = "application/vnd.oasis.opendocument.text"
RELATIONS = f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="r1" Type="{OFFICE}/relationships/officeDocument" Target="word/document.xml"/>
<Relationship Id="r2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
<Relationship Id="r3" Type="{OFFICE}/relationships/extended-properties" Target="/docProps/app2.xml"/>
<Relationship Id="r4" Type="{OFFICE}/relationships/custom-properties" Target="docProps/custom.xml"/>
<Relationship Id="r5" Type="{PACKAGE}/relationships/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/>
</Relationships>"""
CORE = f"""<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>R&amp;D : le plan</dc:title><dc:creator>Karim Haddad</dc:creator><dc:language>fr-FR</dc:language>
<cp:lastModifiedBy>Karim Haddad</cp:lastModifiedBy><cp:revision>7</cp:revision></cp:coreProperties>"""
DOCUMENT = f"""<w:document xmlns:w="{OFFICE}/wordprocessingml">
<w:ins w:author="Mei Tran"><w:t>Ajouté</w:t></w:ins>
<w:sdt><w:sdtPr><w:dataBinding w:prefixMappings="xmlns:ns0='{PACKAGE}/metadata/core-properties' "
w:xpath="/ns0:coreProperties[1]/ns1:creator[1]"/></w:sdtPr><w:sdtContent>Écrit par K.</w:sdtContent></w:sdt>
<w:sdt><w:dataBinding w:xpath="/mine[1]"/></w:sdt></w:document>"""
WORD = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml"/></Types>',
    "_rels/.rels": RELATIONS,
    "docProps/core.xml": CORE,
    "docProps/app2.xml": "<Properties><Company>Haddad SA</Company><Template>Haddad</Template></Properties>",
    "docProps/custom.xml": "<Properties><property name='Relu par'>Haddad</property></Properties>",
    "docProps/thumbnail.jpeg": b"\xff\xd8Haddad",
    "word/document.xml": DOCUMENT,
    "word/settings.xml": '<w:settings><w:zoom/><w:attachedTemplate r:id="rId1"/></w:settings>',
    "word/_rels/settings.xml.rels": f'<Relationships><Relationship Id="rId1" Type="{OFFICE}/relationships/'
    'attachedTemplate" Target="file:///C:\\Users\\haddad\\Normal.dotm"/></Relationships>',
    "word/comments.xml": '<w:comments><w:comment w:author="Mei Tran">Non</w:comment></w:comments>',
}
WRITING = {
    "mimetype": ODT,
    "META-INF/manifest.xml": '<m:manifest xmlns:m="x"><m:file-entry m:full-path="meta.xml"/>'
    '<m:file-entry m:full-path="Thumbnails/thumbnail.png"/></m:manifest>',
    "meta.xml": '<office:document-meta office:version="1.3"><office:meta><meta:initial-creator>Karim Haddad'
    "</meta:initial-creator><dc:title>Le plan</dc:title><meta:editing-duration>PT9H</meta:editing-duration>"
    "</office:meta></office:document-meta>",
    "Thumbnails/thumbnail.png": b"Haddad",
    "content.xml": "<office:document-content>Un plan</office:document-content>",
    "settings.xml": '<s><config:config-item config:name="PrinterName">Imprimante Haddad</config:config-item>'
    '<config:config-item config:name="Zoom">100</config:config-item></s>',
}

BOOK = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
SLIDES = {"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<presentation/>"}


@pytest.fixture
def mei():
    return MemberFactory.create()


def package(said, **more) -> bytes:
    """An archive as an office program writes it, with the hour and the system it was written on."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in (said | more).items():
            entry = zipfile.ZipInfo(name, (2026, 3, 4, 5, 6, 8))
            entry.extra = struct.pack("<HH", 0x7875, 6) + b"Haddad"
            file.writestr(entry, content, zipfile.ZIP_DEFLATED)
        file.comment = b"Haddad"
    return made.getvalue()


def kept(brought) -> bytes:
    with disk.read(brought.attachment.blob.sha256) as file:
        return file.read()


def opened(content: bytes) -> zipfile.ZipFile:
    made = zipfile.ZipFile(io.BytesIO(content))
    assert made.testzip() is None
    return made


def test_a_word_file_says_no_more_who_made_it(mei):
    made = brought(mei, package(WORD), "plan.docx")
    with opened(kept(made)) as file:
        texts = {name: file.read(name).decode() for name in file.namelist()}
    assert not any("addad" in text for text in texts.values())
    assert b"Haddad" not in kept(made)
    assert set(WORD) - set(texts) == {"docProps/thumbnail.jpeg"}
    assert "thumbnail" not in texts["_rels/.rels"]
    assert texts["_rels/.rels"].count("<Relationship ") == 4
    assert f"{OFFICE}/extended-properties" in texts["docProps/app2.xml"]
    assert "revision" not in texts["docProps/core.xml"]
    assert "Relationship " not in texts["word/_rels/settings.xml.rels"]
    assert texts["word/settings.xml"] == "<w:settings><w:zoom/></w:settings>"


def test_what_a_text_says_stays_with_its_title_and_its_language(mei):
    with opened(kept(brought(mei, package(WORD), "plan.docx"))) as file:
        core, document = file.read("docProps/core.xml").decode(), file.read("word/document.xml").decode()
        assert file.read("word/comments.xml").decode() == WORD["word/comments.xml"]
    assert "<dc:title>R&amp;D : le plan</dc:title><dc:language>fr-FR</dc:language>" in core
    assert 'w:author="Mei Tran"' in document
    # Word would ask the property again, which is empty now, and show that in place of the words.
    assert "Écrit par K." in document
    assert "coreProperties" not in document
    assert '<w:dataBinding w:xpath="/mine[1]"/>' in document


def odf(words):
    return {"content.xml": f"<office:document-content>{words}</office:document-content>"}


@pytest.mark.parametrize(
    ("content", "name", "is_named"),
    [
        (package(WORD), "plan.docx", True),
        (package(WORD, **{"word/document.xml": "<w:document/>"}), "plan.docx", True),
        (package(WORD, **{"word/comments.xml": "<w:comments/>"}), "plan.docx", True),
        (
            package(WORD, **{"word/document.xml": "<w:document/>", "word/comments.xml": "<x/>"}),
            "plan.docx",
            False,
        ),
        (
            package(BOOK, **{"xl/comments1.xml": "<c><authors><author>Mei</author></authors></c>"}),
            "b.xlsx",
            True,
        ),
        (
            package(BOOK, **{"xl/comments1.xml": "<c><authors><author></author></authors></c>"}),
            "b.xlsx",
            False,
        ),
        (package(BOOK, **{"xl/persons/person.xml": '<l><person displayName="Mei"/></l>'}), "b.xlsx", True),
        (package(SLIDES, **{"ppt/commentAuthors.xml": '<l><a id="0" name="Mei"/></l>'}), "s.pptx", True),
        (package(SLIDES, **{"ppt/authors.xml": '<l><a id="0" name="Mei"/></l>'}), "s.pptx", True),
        (package(SLIDES), "s.pptx", False),
        (package(WRITING, **odf("<a><dc:creator>Mei</dc:creator>Non</a>")), "plan.odt", True),
        (package(WRITING, **odf("<a><dc:creator/>Non</a>")), "plan.odt", False),
    ],
)
def test_who_commented_or_changed_it_stays_and_whoever_joins_it_is_told(mei, content, name, is_named):
    said = f"«\u00a0{name}\u00a0» est joint. Qui l’a commenté ou modifié y reste nommé."
    assert brought(mei, content, name).remark == (said if is_named else "")


def test_a_workbook_says_no_more_where_it_was_saved_and_printed(mei):
    printer = "Imprimante Haddad".encode("utf-16-le").ljust(64, b"\0")
    mode = printer + struct.pack("<HHHH", 1, 2, 100, 6) + bytes(28) + b"Haddad"
    book = "<workbook><mc:Choice><x15ac:absPath url='C:\\Users\\haddad\\'/></mc:Choice><sheets/></workbook>"
    said = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": book,
        "xl/printerSettings/printerSettings1.bin": mode,
    }
    with opened(kept(brought(mei, package(said), "stock.xlsx"))) as file:
        assert file.read("xl/workbook.xml") == b"<workbook><mc:Choice></mc:Choice><sheets/></workbook>"
        printed = file.read("xl/printerSettings/printerSettings1.bin")
    assert printed == bytes(64) + struct.pack("<HHHH", 1, 2, 100, 0) + bytes(28)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_in_a_document_says_no_more_where_it_was_taken(mei, kind):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Appareil de Haddad"
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Haddad")
    photo = image_bytes(
        kind, **({"exif": exif, "comment": b"Haddad"} if kind == "JPEG" else {"pnginfo": words})
    )
    name = f"word/media/image1.{kind.lower()}"
    with opened(kept(brought(mei, package(WORD, **{name: photo + b"Haddad"}), "plan.docx"))) as file:
        cleaned = file.read(name)
    assert b"Haddad" not in cleaned
    with Image.open(io.BytesIO(cleaned)) as now, Image.open(io.BytesIO(photo)) as before:
        assert now.tobytes() == before.tobytes()
        assert now.getexif().get(0x0112) == (6 if kind == "JPEG" else None)  # Word still turns it


def test_an_open_document_says_no_more_who_made_it(mei):
    made = brought(mei, package(WRITING), "plan.odt")
    with opened(kept(made)) as file:
        assert not any(b"addad" in file.read(name) for name in file.namelist())
        assert set(WRITING) - set(file.namelist()) == {"Thumbnails/thumbnail.png"}
        assert b"Thumbnails" not in file.read("META-INF/manifest.xml")
        assert (
            file.read("settings.xml").decode()
            == '<s><config:config-item config:name="Zoom">100</config:config-item></s>'
        )
        meta = file.read("meta.xml").decode()
        assert 'office:version="1.3"><office:meta><dc:title>Le plan</dc:title></office:meta>' in meta
    assert made.remark == ""
    assert b"Haddad" not in kept(made)
    assert kept(made)[30:].startswith(b"mimetype" + ODT.encode())  # first, and as it is: how it is known


def test_what_is_not_changed_is_copied_as_it_is_packed(mei):
    given = package(WRITING)
    with opened(given) as before, opened(kept(brought(mei, given, "plan.odt"))) as after:
        old, new = before.getinfo("content.xml"), after.getinfo("content.xml")
    assert (new.CRC, new.compress_size, new.file_size) == (old.CRC, old.compress_size, old.file_size)
    assert (new.date_time, new.extra) == ((1980, 1, 1, 0, 0, 0), b"")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (package(WORD, **{"_xmlsignatures/origin.sigs": ""}), "plan.docx"),
        (
            package(
                WORD,
                **{"_rels/.rels": RELATIONS.replace("metadata/thumbnail", "digital-signature/origin")},
            ),
            "plan.docx",
        ),
        (package(WRITING, **{"META-INF/documentsignatures.xml": "<x/>"}), "plan.odt"),
    ],
)
def test_a_signed_file_is_kept_to_the_byte_and_said_to_be(mei, content, name):
    made = brought(mei, content, name)
    assert kept(made) == content
    assert (
        f"{name}\u00a0» est signé\u00a0: ses propriétés, dont le nom de son auteur, restent." in made.remark
    )


def test_a_file_with_a_password_is_kept_and_said_to_be(mei):
    manifest = (
        '<m:manifest><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'
    )
    content = package(WRITING, **{"META-INF/manifest.xml": manifest})
    made = brought(mei, content, "plan.odt")
    assert kept(made) == content
    assert "est protégé" in made.remark


def sharing_their_bytes() -> bytes:
    """A thousand entries that are all the same bytes: written out, a thousand times its size."""
    whole = package(WORD, **{"word/filler.bin": bytes(range(256)) * 400})
    with opened(whole) as file:
        large = file.getinfo("word/filler.bin")
        start = file.start_dir
    name = b"word/filler.bin"
    entry = struct.pack(
        "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, large.CRC, large.compress_size, large.file_size,
        len(name), 0, 0, 0, 0, 0, large.header_offset,
    ) + name  # fmt: skip
    with opened(whole) as file:
        entries = whole[start : whole.rindex(b"PK\x05\x06")] + entry * 1000
        count = len(file.namelist()) + 1000
    return (
        whole[:start]
        + entries
        + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(entries), start, 0)
    )


def test_an_archive_that_would_grow_is_kept_as_it_is(mei):
    content = sharing_their_bytes()
    made = brought(mei, content, "plan.docx")
    assert kept(made) == content
    assert "n’a pas pu être lu en entier" in made.remark


def test_a_part_that_unpacks_to_more_than_is_read_is_not_unpacked(mei, monkeypatch):
    monkeypatch.setattr(packages, "MOST_OF_A_PART", 1_000_000)
    large = "<dc:title>" + "x" * 2_000_000
    with opened(kept(brought(mei, package(WORD, **{"docProps/core.xml": large}), "plan.docx"))) as file:
        assert b"title" not in file.read("docProps/core.xml")  # its place is taken, whatever it holds
    made = brought(mei, package(WORD, **{"_rels/.rels": large}), "plan.docx")
    assert "n’a pas pu être lu en entier" in made.remark


@pytest.mark.parametrize("hostile", ["<w:dataBinding ", "<w:dataBinding>", "<dc:title><", "<w:dataBinding/"])
def test_a_part_written_to_be_slow_to_read_is_read_at_once(mei, hostile):
    content = package(
        WORD, **{"word/document.xml": hostile * 400_000, "docProps/core.xml": hostile * 400_000}
    )
    made = brought(mei, content, "plan.docx")  # a way through it for each of its tags would take hours
    with opened(kept(made)) as file:
        assert file.read("word/document.xml").decode() == hostile * 400_000
    assert "reste nommé" in made.remark


def test_an_archive_that_ends_too_soon_is_kept_as_it_is(mei):
    content = bytearray(package(WORD))
    with opened(bytes(content)) as file:
        at = file.getinfo("word/comments.xml").header_offset
    content[at : at + 4] = b"nope"
    made = brought(mei, bytes(content), "plan.docx")
    assert kept(made) == bytes(content)
    assert "n’a pas pu être lu en entier" in made.remark


def test_relations_in_letters_of_two_bytes_are_not_half_changed(mei):
    content = package(WORD, **{"_rels/.rels": RELATIONS.encode("utf-16")})
    made = brought(mei, content, "plan.docx")
    assert kept(made) == content
    assert "n’a pas pu être lu en entier" in made.remark


def test_what_lies_in_an_archive_stays_as_it_is(mei):
    content = package({"plan.docx": package(WORD)})
    made = brought(mei, content, "lot.zip")
    assert kept(made) == content
    assert made.remark == ""
