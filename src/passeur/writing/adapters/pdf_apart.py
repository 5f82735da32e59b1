"""Run apart, as a program: a PDF comes in, the same goes out without properties, or a status says why not.

It bounds itself before it reads a byte: whatever a file asks for, it is this program that stops, and no page.
"""

from __future__ import annotations

import contextlib
import hashlib
import html
import io
import os
import re
import sys
import threading
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from passeur.writing.adapters import segments

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter

DONE, SIGNED, LOCKED, UNREADABLE, NAMED = 0, 11, 12, 13, 14
SECONDS = 10  # of the processor
_MEMORY, _STACK = 1 << 30, 256 << 20
_GONE = ("/Metadata", "/PieceInfo", "/LastModified")
_MOST_OF_A_CLAIM = 1_000_000
_NAME = 16  # bytes
# What somebody writes or draws on a page; what is not here has another use for the entry that names them.
_REMARKS = {
    "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight",
    "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/FileAttachment", "/Sound",
    "/Redact",
}  # fmt: skip
# What a document says that it complies with: numbers, which say nothing of anybody.
_CLAIM = re.compile(rb"(pdfaid|pdfuaid):(part|conformance|rev)(?:=[\"']|>)([A-Za-z0-9]{1,4})[\"'<]")
_SPACES = {"pdfaid": "http://www.aiim.org/pdfa/ns/id/", "pdfuaid": "http://www.aiim.org/pdfua/ns/id/"}


def main() -> int:
    """Bound this process, then read and write."""
    _bound()
    ended = [UNREADABLE]

    def work() -> None:
        with contextlib.suppress(Exception):  # whatever a broken file does: it is given as it is
            ended[0] = clean(sys.stdin.buffer.read())

    # What leads from page to page is followed in depth.
    sys.setrecursionlimit(200_000)
    threading.stack_size(_STACK)
    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    return ended[0]


def _bound() -> None:
    try:
        import resource
    except ImportError:  # a system without them: the caller's clock is what bounds it
        return
    size = os.fstat(0).st_size
    for limit, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 4 * size + _MOST_OF_A_CLAIM),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(limit, (most, most))


def clean(content: bytes) -> int:
    """Write it without its properties, and say whether it names who remarked on it; or say why not."""
    import pypdf

    if b"/ByteRange" in content:
        return SIGNED
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            return LOCKED
        root = reader.root_object
        if "/Perms" in root:
            return SIGNED
        title = _title_shown(reader)
        claims = _claims(root)
        writer = pypdf.PdfWriter(clone_from=reader)
    except Exception:
        if b"/Encrypt" in content:
            return LOCKED
        raise
    is_named = _strip(writer)
    if is_named is None:
        return SIGNED
    writer.metadata = {"/Title": title} if title else None
    _say(writer, title, claims)
    _leave_out_what_nothing_needs(writer)
    sys.stdout.buffer.write(_written(writer))
    sys.stdout.buffer.flush()
    return NAMED if is_named else DONE


def _title_shown(reader: PdfReader) -> str:
    """Its title where the document has it shown above its pages: accessible documents do."""
    shown = reader.root_object.get("/ViewerPreferences")
    if shown is None or not shown.get_object().get("/DisplayDocTitle"):
        return ""
    told = reader.metadata
    title = str((told and told.title) or "")
    if not title:
        found = re.search(rb"<dc:title>\s*<rdf:Alt>\s*<rdf:li[^<>]*>([^<]*)</", _xmp(reader.root_object))
        title = html.unescape(found[1].decode("utf-8", "replace")) if found else ""
    return "".join(letter for letter in title if letter.isprintable())[:500]


def _xmp(root: Any) -> bytes:
    """What it says of itself; nothing where that is broken, or unpacks to more than anybody writes."""
    with contextlib.suppress(Exception):
        return bytes(root["/Metadata"].get_object().get_data())[:_MOST_OF_A_CLAIM]
    return b""


def _claims(root: Any) -> str:
    return "".join(
        f'<rdf:Description rdf:about="" xmlns:{space}="{_SPACES[space]}">'
        f"<{space}:{name}>{said}</{space}:{name}></rdf:Description>"
        for space, name, said in sorted(
            {tuple(word.decode() for word in found) for found in _CLAIM.findall(_xmp(root))}
        )
    )


def _strip(writer: PdfWriter) -> bool | None:
    """Take the properties out of every object; whether a remark on it is left that names who made it.

    None where a field is signed: nothing may change then.
    """
    from pypdf.generic import StreamObject

    waiting: list[Any] = [made for made in writer._objects if made is not None]
    is_named = False
    while waiting:
        made = waiting.pop()
        if isinstance(made, dict):
            if made.get("/Type") == "/Sig" or (made.get("/FT") == "/Sig" and made.get("/V") is not None):
                return None
            if str(made.get("/Subtype")) in _REMARKS and "/T" in made:
                is_named = is_named or bool(str(made["/T"]).strip())
            for key in _GONE:
                made.pop(key, None)
            if isinstance(made, StreamObject) and made.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
                made._data = segments.clean(made._data)
            waiting += [inside for inside in dict.values(made) if isinstance(inside, dict | list)]
        elif isinstance(made, list):
            waiting += [inside for inside in list.__iter__(made) if isinstance(inside, dict | list)]
    return is_named


def _say(writer: PdfWriter, title: str, claims: str) -> None:
    """What it complies with and its title, as documents that comply have to say it."""
    from pypdf.generic import NameObject, StreamObject

    if not claims:
        return
    shown = (
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>'
        f'<rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title></rdf:Description>'
        if title
        else ""
    )
    stream = StreamObject()
    stream.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    stream.set_data(
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{shown}{claims}</rdf:RDF>'
        '</x:xmpmeta><?xpacket end="r"?>'.encode()
    )
    writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)


def _written(writer: PdfWriter) -> bytes:
    """The file, named after its content as it is now: the same brought twice is kept once."""
    from pypdf.generic import ArrayObject, ByteStringObject

    unnamed = ByteStringObject(bytes(_NAME))
    writer._ID = ArrayObject((unnamed, unnamed))
    made = io.BytesIO()
    writer.write(made)
    body, *trailer = made.getvalue().rsplit(b"0" * 2 * _NAME, 2)
    return hashlib.sha256(body).hexdigest()[: 2 * _NAME].encode().join([body, *trailer])


def _leave_out_what_nothing_needs(writer: PdfWriter) -> None:
    """Objects that no way from the root or the title leads to: the properties, and what only they held."""
    from pypdf.generic import IndirectObject

    reached: set[int] = set()
    waiting: list[Any] = [writer.root_object.indirect_reference]
    if writer._info is not None:
        waiting.append(writer._info.indirect_reference)
    while waiting:
        made = waiting.pop()
        if isinstance(made, IndirectObject):
            if made.idnum not in reached:
                reached.add(made.idnum)
                waiting.append(writer._objects[made.idnum - 1])
        elif isinstance(made, dict):
            waiting += dict.values(made)
        elif isinstance(made, list):
            waiting += list.__iter__(made)
    for number in range(1, len(writer._objects) + 1):
        if number not in reached:
            writer._objects[number - 1] = None


if __name__ == "__main__":
    sys.exit(main())
