"""Files of people are read whatever their letters, separator and language; what cannot be says what to do."""

import pytest

from ..choices import Between, Encoding
from ..errors import Unreadable
from ..services.reading import MOST_BYTES, MOST_LINES, Row, read

FRENCH = "adresse;nom;communauté;rôle;langue\ningrid@orvelle.example;Ingrid Lœwe;Été;membre;fr\n"


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", Encoding.UTF8),
        ("utf-8-sig", Encoding.UTF8),
        ("utf-16", Encoding.UTF16),
        ("cp1252", Encoding.WINDOWS),
    ],
)
def test_the_letters_are_recognised(codec, encoding):
    table = read(FRENCH.encode(codec))
    assert table.encoding == encoding
    assert table.rows == [Row(2, "ingrid@orvelle.example", "Ingrid Lœwe", "Été", "membre", "fr")]


def test_bytes_that_windows_does_not_know_are_latin():
    table = read(FRENCH.replace("Lœwe", "L\x81we").encode("latin-1"))
    assert (table.encoding, table.rows[0].community) == (Encoding.LATIN, "Été")


@pytest.mark.parametrize("between", list(Between))
def test_the_separator_is_recognised(between):
    table = read(FRENCH.replace(";", between).encode())
    assert (table.between, table.rows[0].role) == (between, "membre")


@pytest.mark.parametrize(
    "head",
    [
        "Adresse électronique;Nom;Communauté;Rôle;Langue",
        "EMAIL;NAME;COMMUNITY;ROLE;LANGUAGE",
        "e-mail;Full name;Community;role;language",
        "  Courriel ;nom complet;communaute;role;LANGUE",
    ],
)
def test_titles_are_french_or_english(head):
    table = read(f"{head}\nIngrid@Orvelle.example ;Ingrid  L;Été;membre;fr".encode())
    assert table.rows == [Row(2, "ingrid@orvelle.example", "Ingrid L", "Été", "membre", "fr")]
    assert table.ignored == []


@pytest.mark.parametrize(
    "text",
    [
        "prénom;nom;adresse\nIngrid;Lœwe;ingrid@orvelle.example",
        "First name,Last name,Email\nIngrid,Lœwe,ingrid@orvelle.example",
    ],
)
def test_first_and_last_names_make_one(text):
    assert read(text.encode()).rows[0].name == "Ingrid Lœwe"


def test_lines_are_numbered_as_the_spreadsheet_shows_them_and_empty_ones_left_out():
    text = 'adresse;nom\n\na@orvelle.example;"deux\nlignes; citées"\n;;\nb@orvelle.example\n'
    assert [(row.number, row.name) for row in read(text.encode()).rows] == [
        (3, "deux lignes; citées"),
        (6, ""),
    ]


def test_what_would_act_in_a_terminal_is_left_out():
    row = read(b"adresse;nom\na@orvelle.example;\x1b[2JIngrid\x07").rows[0]
    assert row.name == "[2JIngrid"


def test_columns_that_mean_nothing_here_are_told():
    table = read(b"adresse;Matricule;adresse\na@orvelle.example;1;b@orvelle.example")
    assert table.ignored == ["Matricule", "adresse"]
    assert table.rows[0].address == "a@orvelle.example"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Il manque la colonne"),
        (b"nom;role\nIngrid;membre", "Il manque la colonne"),
        (b"adresse;nom\n", "n’a que ses titres"),
        (b"adresse;nom\n ; \n", "n’a que ses titres"),
        (b"PK\x03\x04rest of a workbook", "C’est un classeur"),
        (b"adresse\n\x00\x01", "n’est pas un CSV"),
        (b"\xff\xfea", "abîmé"),
        (b"adresse\n" + b"x" * 200_000, "La ligne 2 ne se lit pas"),
        (b"adresse\n" + b"a@orvelle.example\n" * (MOST_LINES + 1), "5001 lignes"),
        (b"a" * (MOST_BYTES + 1), "dépasse 2 Mo"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(content, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read(content)
