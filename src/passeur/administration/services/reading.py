"""A file of people as spreadsheets write it, read: whatever its letters, its separator and its language."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.foundation.text import fold_name

from ..choices import Between, Encoding
from ..errors import Unreadable

MOST_BYTES = 2 * 1024 * 1024
MOST_LINES = 5000

COLUMNS = {
    "address": "adresse adresse-electronique adresse-email adresse-e-mail email e-mail mail courriel address"
    " email-address e-mail-address",
    "name": "nom nom-complet name full-name",
    "first_name": "prenom first-name given-name",
    "last_name": "nom-de-famille last-name surname family-name",
    "community": "communaute community",
    "role": "role",
    "language": "langue language",
}
_COLUMN_OF = {word.replace("-", " "): column for column, words in COLUMNS.items() for word in words.split()}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # they would act in a terminal
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", Encoding.UTF8),
    (codecs.BOM_UTF16_LE, "utf-16", Encoding.UTF16),
    (codecs.BOM_UTF16_BE, "utf-16", Encoding.UTF16),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line as it was written, spaces at the ends and repeated ones left out. `number` is its line."""

    number: int
    address: str
    name: str = ""
    community: str = ""
    role: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What a file says, how it was written, and its columns that mean nothing here."""

    rows: list[Row]
    encoding: Encoding
    between: Between
    ignored: list[str]


def read(content: bytes) -> Table:
    """All of it; raises `Unreadable` with what to change."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("Ce fichier dépasse 2 Mo. Coupez-le en plusieurs."))
    if content.startswith(b"PK\x03\x04"):
        raise Unreadable(
            _("C’est un classeur, pas un CSV. Enregistrez-le sous « CSV UTF-8 », puis renvoyez-le.")
        )
    text, encoding = _decoded(content)
    if "\x00" in text:
        raise Unreadable(_("Ce fichier n’est pas un CSV. Exportez la feuille en « CSV UTF-8 »."))
    between = _between(text)
    lines = _lines(text, between)
    _number, head = next(lines, (0, []))
    columns, ignored = _columns(head)
    rows = [_row(number, columns, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
    if not rows:
        raise Unreadable(_("Ce fichier n’a que ses titres de colonnes : ajoutez une ligne par personne."))
    if len(rows) > MOST_LINES:
        raise Unreadable(
            ngettext(
                "Ce fichier a %(n)s ligne ; %(most)s au plus. Coupez-le en plusieurs.",
                "Ce fichier a %(n)s lignes ; %(most)s au plus. Coupez-le en plusieurs.",
                len(rows),
            )
            % {"n": len(rows), "most": MOST_LINES}
        )
    return Table(rows, encoding, between, ignored)


def _decoded(content: bytes) -> tuple[str, Encoding]:
    """UTF-8 unless its bytes cannot be that: then what Excel writes in western Europe."""
    for mark, codec, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(codec), encoding
            except UnicodeDecodeError:
                raise Unreadable(
                    _("Ce fichier est abîmé : ses lettres ne se lisent pas. Exportez-le de nouveau.")
                ) from None
    for encoding in (Encoding.UTF8, Encoding.WINDOWS):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return content.decode(Encoding.LATIN), Encoding.LATIN


def _between(text: str) -> Between:
    """What the line of titles has most of; a file of one column may have none."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(Between, key=lambda between: (head.count(between), between == Between.SEMICOLON))


def _lines(text: str, between: Between) -> Iterator[tuple[int, list[str]]]:
    """Each with the number of the line where it begins, the titles first."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=False)
    begins, started = 1, False
    try:
        for cells in reader:
            if started or any(cell.strip() for cell in cells):
                started = True
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise Unreadable(
            _("La ligne %(n)s ne se lit pas. Vérifiez ses guillemets.") % {"n": reader.line_num}
        ) from None


def _columns(head: list[str]) -> tuple[Mapping[str, int], list[str]]:
    """Where each column is, and the titles that mean nothing here."""
    found: dict[str, int] = {}
    ignored = []
    for place, title in enumerate(head):
        column = _COLUMN_OF.get(fold_name(title.replace("-", " ").replace("_", " ")))
        if column is None or column in found:
            ignored += [title.strip()[:60]] if title.strip() else []
        else:
            found[column] = place
    if "address" not in found:
        raise Unreadable(
            _("Il manque la colonne « adresse ». La première ligne donne le titre de chaque colonne.")
        )
    return found, ignored


def _row(number: int, columns: Mapping[str, int], cells: list[str]) -> Row:
    def said(column: str, longest: int) -> str:
        place = columns.get(column)
        cell = cells[place] if place is not None and place < len(cells) else ""
        return " ".join(_CONTROLS.sub(" ", cell).split())[:longest]

    # A file that has first names writes the rest in « nom », or in a column of its own.
    name = " ".join(part for part in (said("first_name", 75), said("last_name", 75)) if part)
    if not columns.keys() & {"last_name"}:
        name = " ".join(part for part in (said("first_name", 75), said("name", 150)) if part)
    return Row(
        number,
        said("address", 254).lower(),
        name[:150],
        said("community", 120),
        said("role", 60),
        said("language", 30),
    )
