"""A PDF keeps what it says and how it is read, and loses who made it, with what and when."""

import io
import os
import zlib
from typing import Any

import pypdf
import pypdf.annotations
import pytest
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from passeur.accounts.tests.factories import MemberFactory
from passeur.foundation import printing
from passeur.foundation.printing import Heading, Paper, Text
from passeur.writing import errors
from passeur.writing.adapters import disk, pdf

from .factories import brought, image_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei():
    return MemberFactory.create()


def name(words):
    return NameObject(f"/{words}")


def stream(content, **said):
    made = DecodedStreamObject()
    made.set_data(content)
    made.update({name(key): value for key, value in said.items()})
    return made


def written(writer) -> bytes:
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def plan(pages=3, *, remarked_by="") -> Any:
    """Pages with a link, a note, a bookmark, a field, a file inside, and all that says who made them."""
    writer: Any = pypdf.PdfWriter()
    for number in range(pages):
        page = writer.add_blank_page(200, 200)
        page[name("Contents")] = writer._add_object(stream(b"BT (Plan %d) Tj ET" % number))
        page[name("PieceInfo")] = DictionaryObject({name("Haddad"): TextStringObject("Haddad")})
        page[name("LastModified")] = TextStringObject("D:20260304")
        page[name("Metadata")] = writer._add_object(stream(b"<x>Haddad</x>", Type=name("Metadata")))
    writer.add_outline_item(title="Chapitre", page_number=1)
    writer.add_attachment(filename="liste.txt", data=b"des mots")
    link = pypdf.annotations.Link(rect=(0, 0, 9, 9), target_page_index=2)
    writer.add_annotation(page_number=0, annotation=link)
    note = pypdf.annotations.Text(rect=(0, 0, 9, 9), text="Non", open=False)
    note[name("T")] = TextStringObject(remarked_by)
    writer.add_annotation(page_number=1, annotation=note)
    field = DictionaryObject({name("FT"): name("Tx"), name("T"): TextStringObject("date")})
    form = DictionaryObject({name("Fields"): ArrayObject([writer._add_object(field)])})
    writer.root_object[name("AcroForm")] = form
    writer.add_metadata({"/Author": "Haddad", "/Title": "Sans titre Haddad", "/Producer": "Haddad"})
    xmp = b"<rdf:RDF><dc:creator>Haddad</dc:creator></rdf:RDF>"
    writer.root_object[name("Metadata")] = writer._add_object(stream(xmp, Type=name("Metadata")))
    return writer


def kept(made) -> bytes:
    with disk.read(made.attachment.blob.sha256) as file:
        return file.read()


def read(made) -> Any:
    return pypdf.PdfReader(io.BytesIO(kept(made)))


def test_it_says_no_more_who_made_it_and_works_as_before(mei):
    made = brought(mei, written(plan(remarked_by="Mei Tran")), "plan.pdf")
    document = read(made)
    assert made.remark == "«\u00a0plan.pdf\u00a0» est joint. Qui l’a commenté ou modifié y reste nommé."
    assert b"Haddad" not in kept(made)
    assert not document.metadata
    assert document.xmp_metadata is None
    assert not any({"/PieceInfo", "/Metadata", "/LastModified"} & set(page) for page in document.pages)
    assert [page["/Contents"].get_data() for page in document.pages] == [
        b"BT (Plan %d) Tj ET" % number for number in range(3)
    ]
    assert [item["/Title"] for item in document.outline] == ["Chapitre"]
    assert document.get_destination_page_number(document.outline[0]) == 1
    assert document.attachments["liste.txt"] == [b"des mots"]
    assert list(document.get_fields() or {}) == ["date"]
    assert document.pages[0]["/Annots"][0].get_object()["/Dest"][0].get_object() == document.pages[2]
    assert (
        document.pages[1]["/Annots"][0].get_object()["/T"] == "Mei Tran"
    )  # who says a thing in it says it still


@pytest.mark.parametrize(
    ("subtype", "said", "is_named"),
    [("Highlight", "Mei", True), ("Stamp", " ", False), ("Ink", None, False), ("Widget", "date", False)],
)
def test_who_remarked_on_it_is_said_to_stay_in_it(mei, subtype, said, is_named):
    writer: Any = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    drawn = DictionaryObject({name("Type"): name("Annot"), name("Subtype"): name(subtype)})
    if said is not None:
        drawn[name("T")] = TextStringObject(said)
    writer.pages[0][name("Annots")] = ArrayObject([drawn])  # where it is, and not an object of its own
    made = brought(mei, written(writer), "plan.pdf")
    assert ("reste nommé" in made.remark) == is_named
    assert read(made).pages[0]["/Annots"][0].get_object()["/Subtype"] == f"/{subtype}"


def test_what_an_earlier_version_of_it_said_is_gone(mei):
    first = written(plan())
    later = pypdf.PdfWriter(io.BytesIO(first), incremental=True)
    later.add_metadata({"/Author": "Personne"})
    given = written(later)
    assert given.startswith(first)
    assert b"Haddad" not in kept(brought(mei, given, "plan.pdf"))


def test_an_accessible_one_stays_so_with_its_title_and_its_language(mei):
    given = printing.pdf(Paper("Le plan", "fr", (Heading("Un"), Text("Deux")), lead="Trois", foot="Quatre"))
    before: Any = pypdf.PdfReader(io.BytesIO(given))
    document = read(brought(mei, given, "plan.pdf"))
    root = document.root_object
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert _tags(root["/StructTreeRoot"]) == _tags(before.root_object["/StructTreeRoot"])
    assert document.metadata == {"/Title": "Le plan"}
    said = root["/Metadata"].get_object().get_data()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in said
    assert b">Le plan</rdf:li>" in said
    assert b"Create" not in said
    assert document.pages[0].extract_text() == before.pages[0].extract_text()


def _tags(node):
    node = node.get_object()
    if isinstance(node, list):
        return [tag for one in node for tag in _tags(one)]
    if not isinstance(node, dict):
        return []
    return [node.get("/S")] + (_tags(node["/K"]) if "/K" in node else [])


def test_a_photo_in_it_says_no_more_where_it_was_taken(mei):
    writer = plan()
    photo = image_bytes("JPEG", comment=b"devant chez Haddad")
    writer.pages[0][name("Resources")] = DictionaryObject(
        {
            name("XObject"): DictionaryObject(
                {name("I"): writer._add_object(stream(photo, Filter=name("DCTDecode")))}
            )
        }
    )
    given = written(writer)
    assert b"chez Haddad" in given
    made = brought(mei, given, "plan.pdf")
    assert b"Haddad" not in kept(made)
    image = read(made).pages[0]["/Resources"]["/XObject"]["/I"].get_object()
    assert image._data.startswith(b"\xff\xd8\xff")


def test_the_same_brought_twice_is_kept_once(mei):
    given = written(plan())
    first, second = brought(mei, given, "un.pdf"), brought(mei, given, "deux.pdf")
    assert first.attachment.blob == second.attachment.blob


def _signed() -> bytes:
    writer = plan()
    signature = DictionaryObject({name("Type"): name("Sig"), name("Contents"): TextStringObject("x")})
    field = {name("FT"): name("Sig"), name("V"): writer._add_object(signature)}
    writer.root_object["/AcroForm"]["/Fields"].append(writer._add_object(DictionaryObject(field)))
    return written(writer)


def _certified() -> bytes:
    writer = plan()
    writer.root_object[name("Perms")] = DictionaryObject({name("DocMDP"): DictionaryObject()})
    return written(writer)


@pytest.mark.parametrize(
    "make", [_signed, _certified, lambda: written(plan()) + b"\n%/ByteRange [0 1 2 3]\n"]
)
def test_a_signed_one_is_kept_to_the_byte_and_said_to_be(mei, make):
    content = make()
    made = brought(mei, content, "plan.pdf")
    assert kept(made) == content
    assert "plan.pdf\u00a0» est signé" in made.remark


def test_one_whose_field_waits_for_a_signature_is_not_signed(mei):
    writer = plan()
    field = DictionaryObject({name("FT"): name("Sig"), name("T"): TextStringObject("ici")})
    writer.root_object["/AcroForm"]["/Fields"].append(writer._add_object(field))
    made = brought(mei, written(writer), "plan.pdf")
    assert made.remark == ""
    assert set(read(made).get_fields() or {}) == {"date", "ici"}


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_protected_one_is_kept_to_the_byte_and_said_to_be(mei, password):
    writer = plan()
    writer.encrypt(password, "autre", algorithm="AES-256")
    content = written(writer)
    made = brought(mei, content, "plan.pdf")
    assert kept(made) == content
    assert "plan.pdf\u00a0» est protégé" in made.remark


def _far_apart() -> bytes:
    """Each object leads to the next, ten thousand times, and is followed in depth."""
    writer = plan()
    last: Any = NumberObject(1)
    for _number in range(10_000):
        last = writer._add_object(DictionaryObject({name("Un"): last}))
    writer.root_object[name("Un")] = last
    return written(writer)


@pytest.mark.parametrize("content", [b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + b"1 0 obj<<" * 100_000])
def test_a_broken_one_is_kept_to_the_byte_and_said_to_be(mei, content):
    made = brought(mei, content, "plan.pdf")
    assert kept(made) == content
    assert "plan.pdf\u00a0» n’a pas pu être lu en entier" in made.remark


def test_one_of_great_depth_takes_no_page_with_it(mei):
    made = brought(mei, _far_apart(), "plan.pdf")
    assert made.remark == ""
    assert b"Haddad" not in kept(made)


def test_properties_that_unpack_to_more_than_a_machine_holds_go_unread(mei):
    writer = plan()
    bomb = stream(zlib.compress(bytes(300_000_000)), Type=name("Metadata"), Filter=name("FlateDecode"))
    writer.root_object[name("Metadata")] = writer._add_object(bomb)
    made = brought(mei, written(writer), "plan.pdf")
    assert made.remark == ""
    assert len(kept(made)) < 5000


def test_one_that_asks_for_ever_is_stopped_and_kept(mei, monkeypatch):
    monkeypatch.setattr(pdf, "SECONDS", 0.01)
    content = written(plan())
    made = brought(mei, content, "plan.pdf")
    assert kept(made) == content
    assert "lu en entier" in made.remark


def test_what_reads_it_bounds_itself(monkeypatch):
    import resource

    from passeur.writing.adapters import pdf_apart

    asked = {}
    monkeypatch.setattr(resource, "setrlimit", lambda limit, most: asked.update({limit: most}))
    monkeypatch.setattr(os, "fstat", lambda _number: os.stat_result((0,) * 6 + (1000,) + (0,) * 3))
    pdf_apart._bound()
    assert asked[resource.RLIMIT_CPU] == (10, 10)
    assert asked[resource.RLIMIT_AS] == (1 << 30, 1 << 30)
    assert asked[resource.RLIMIT_FSIZE] == (1_004_000, 1_004_000)


def test_too_many_at_once_are_told_to_come_again(mei, monkeypatch):
    monkeypatch.setattr(pdf, "SECONDS", 0.01)
    taken = [pdf._turns.acquire(blocking=False) for _number in range(pdf.AT_ONCE)]
    try:
        assert all(taken)
        with pytest.raises(errors.Busy, match="joignez"):
            brought(mei, written(plan()), "plan.pdf")
    finally:
        for _one in taken:
            pdf._turns.release()
