"""Tables open in a spreadsheet, and nothing in them runs."""

import csv
import io

import pytest

from passeur.foundation import spreadsheets


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_what_would_run_is_text(text):
    assert spreadsheets.cell(text) == "'" + text


@pytest.mark.parametrize("text", ["Émile", "a=b", "3 rue -", "ada@orvelle.example"])
def test_what_would_not_run_stays_as_it_is(text):
    assert spreadsheets.cell(text) == text


def test_a_row_comes_back_as_it_went():
    rows: list[list[object]] = [
        ["nom", "texte"],
        ["Émile; dit « Mimile »", 'deux\nlignes, "citées"'],
        [None, 7],
    ]
    text = b"".join(spreadsheets.lines(rows, between=";")).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text), delimiter=";")) == [rows[0], rows[1], ["", "7"]]


def test_french_spreadsheets_expect_a_semicolon():
    assert (spreadsheets.separator("fr"), spreadsheets.separator("en")) == (";", ",")
