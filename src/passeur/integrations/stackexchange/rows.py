"""The rows of a dump's XML file, streamed with expat: an attribute dictionary a row, a list a block.

What cannot be parsed is told with its line, and reading goes on at the next line: a dump has a row a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from xml.parsers import expat  # nosec: the doctype that its attacks need is refused below

from django.utils.translation import gettext as _

from passeur.channels.errors import HostileArchive
from passeur.channels.protocols import Problems

BLOCK = 1 << 18
LONGEST_LINE = 1 << 26

Row = dict[str, str]


@dataclass(slots=True)
class Block:
    """Rows that were read together, and how to find the line of one of them again."""

    rows: list[Row]
    data: bytes
    first_line: int

    def line(self, index: int) -> int:
        """The line of a row by its place in the block; only asked for when something is wrong with it."""
        place = -1
        for _again in range(index + 1):
            place = self.data.find(b"<row", place + 1)
        return self.first_line + self.data.count(b"\n", 0, max(place, 0))


def read_rows(file: BinaryIO, name: str, problems: Problems) -> Iterator[Block]:
    """The rows of `file`, a block at a time."""
    found: list[Row] = []
    parser = _parser(found, name)
    line = 1
    while data := file.read(BLOCK):
        data += file.readline(LONGEST_LINE)
        try:
            parser.Parse(data, False)
        except expat.ExpatError:
            # What came of this block so far is read again, line by line, to lose only the broken ones.
            yield Block(_one_by_one(data, line, name, problems), data, line)
            found = []
            parser = _parser(found, name)
            parser.Parse(b"<rows>", False)
        else:
            if found:
                yield Block(found[:], data, line)
                found.clear()
        line += data.count(b"\n")
    try:
        parser.Parse(b"", True)
    except expat.ExpatError:
        problems.add(name, line, _("le fichier s’arrête avant sa fin"), lost=True)


def count_rows(file: BinaryIO) -> int:
    """How many rows `file` has, without reading what they say."""
    count = 0
    while data := file.read(BLOCK):
        count += (data + file.readline(LONGEST_LINE)).count(b"<row ")
    return count


def _parser(found: list[Row], name: str) -> expat.XMLParserType:
    add = found.append

    def start(_element: str, attributes: Row) -> None:
        if attributes:
            add(attributes)

    def refuse(*_declaration: object) -> None:
        raise HostileArchive(name)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _one_by_one(data: bytes, first_line: int, name: str, problems: Problems) -> list[Row]:
    rows: list[Row] = []
    for number, text in enumerate(data.splitlines(), first_line):
        if not text.lstrip().startswith(b"<row"):
            if b"<!DOCTYPE" in text:
                raise HostileArchive(name)
            continue
        found: list[Row] = []
        try:
            _parser(found, name).Parse(text, True)
        except expat.ExpatError as error:
            problems.add(name, number, expat.errors.messages[error.code], lost=True)
        else:
            rows += found
    return rows
