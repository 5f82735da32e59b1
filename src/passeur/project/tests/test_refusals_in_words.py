"""`passeur records import` says in the language of the terminal whatever the store may refuse, and why."""

import ast
import re
from contextlib import nullcontext
from pathlib import Path

import pytest

from passeur import algorithms, records
from passeur.algorithms.xapi import Invalid
from passeur.algorithms.xapi.statements import Edition, a_statement
from passeur.project.cli import outcome, setting
from passeur.project.cli.records import bring_in
from passeur.project.cli.records.reasons import ALONE, OF_A_PLACE, in_words
from passeur.records.services import importing

XAPI, STORE = Path(algorithms.__path__[0], "xapi"), Path(records.__path__[0])
SAID = [
    *sorted(XAPI.glob("*.py")),
    *(STORE / "services" / f"{name}.py" for name in ("importing", "reading", "recording", "echoes")),
    STORE / "adapters" / "lrs.py",
]
PASSED_ON = "{}: {}"
"""The name of a file and what the system says of it, which nobody here can translate."""


def plain(template):
    return re.sub(r"\{\w+\}", "{}", template)


def said(node):
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def sentences(path):
    """(whether it follows a place, the sentence) of all that a file refuses."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in {"Invalid", "TooLarge"}:
            yield True, said(node.args[1])
        elif name in {"Refusal", "Clash", "Elsewhere", "NotReadable"}:
            yield False, said(node.args[0])
        elif name == "append" and isinstance(node.args[0], ast.Tuple):
            yield False, said(node.args[0].elts[-1])


@pytest.mark.parametrize("path", SAID, ids=lambda path: path.name)
def test_all_that_the_store_may_say_is_in_the_table(path):
    known = {True: {plain(one) for one in OF_A_PLACE}, False: {plain(one) for one in ALONE}}
    missing = [
        words
        for follows, words in sentences(path)
        if words is not None and words != PASSED_ON and words not in known[follows]
    ]
    assert missing == []


@pytest.mark.parametrize("table", [OF_A_PLACE, ALONE], ids=["of a place", "alone"])
def test_on_an_english_terminal_it_is_what_the_store_says(monkeypatch, table):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    before = "statement.actor: " if table is OF_A_PLACE else ""
    for template in table:
        why = before + re.sub(r"\{(\w+)\}", r"<\1>", template)
        assert in_words(why) == why


@pytest.mark.parametrize("table", [OF_A_PLACE, ALONE], ids=["of a place", "alone"])
def test_on_a_french_one_each_is_told_by_its_own_words(monkeypatch, table):
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    before = "statement.actor: " if table is OF_A_PLACE else ""
    told: dict[str, list[str]] = {}
    for template in table:
        values = re.findall(r"\{(\w+)\}", template)
        words = in_words(before + re.sub(r"\{(\w+)\}", r"<\1>", template) + " (id 12)")
        assert words.endswith(" (id 12)")
        assert words != before + template
        assert all(f"<{value}>" in words for value in values)
        told.setdefault(words, []).append(template)
    assert [some for some in told.values() if len(some) > 1] == []


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ({}, "statement\u00a0: il y manque actor"),
        (
            {"actor": {"mbox": "ada"}},
            "statement\u00a0: il y manque verb",
        ),
        (
            {"actor": {"mbox": "ada"}, "verb": {"id": "x"}, "object": {"id": "x"}},
            "statement.actor.mbox\u00a0: mailto: et une adresse sont attendus, comme mailto:lea@example.org",
        ),
        ({"x: expected y": 1}, "statement\u00a0: xAPI ne connaît pas de propriété 'x: expected y' ici"),
    ],
)
def test_what_is_refused_is_told_in_french(monkeypatch, statement, words):
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    with pytest.raises(Invalid) as refused:
        a_statement(statement, Edition.TWO, "statement")
    assert in_words(str(refused.value)) == words


def test_what_another_server_says_stays_as_it_is(monkeypatch):
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert in_words("HTTP 503: come back later") == "HTTP 503: come back later"


@pytest.fixture
def run(monkeypatch, tmp_path):
    """The command on a file that is refused in part, or whole."""
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    monkeypatch.setattr(setting, "database", nullcontext)
    monkeypatch.setattr("passeur.project.migrating.require_done", lambda: None)
    path = tmp_path / "traces.jsonl"
    path.write_text("{}\n")

    def command(load):
        monkeypatch.setattr(importing, "load", load)
        return outcome.run(bring_in.command, [str(path)])

    return command


def test_the_command_speaks_french_throughout(run, capsys):
    def some(path, *, told, progress):
        told.read += 1
        told.refused.append((1, "statement: lacks its verb"))

    assert run(some) == outcome.DONE
    assert "Ligne 1\u00a0: statement\u00a0: il y manque verb" in capsys.readouterr().err

    def nothing(path, *, told, progress):
        raise importing.NotReadable("An array may have 256 MB at most: write one statement a line.")

    assert run(nothing) == outcome.REFUSED
    assert "Un tableau a 256 Mo au plus : écrivez une trace par ligne." in capsys.readouterr().err
