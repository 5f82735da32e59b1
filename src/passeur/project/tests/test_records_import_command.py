"""`passeur records import` of another store, stopped on its way: what it refused until then is told."""

from contextlib import nullcontext

import pytest

from passeur.project.cli import outcome, setting
from passeur.project.cli.records import bring_in
from passeur.records.services import reading

ADDRESS = "https://lrs.example.org/xapi/"


@pytest.fixture
def run(monkeypatch):
    """The command, stopped after a page of three statements of which the second was refused."""

    def stopped(address, *, key, secret, told, each):
        told.read, told.new = told.read + 3, told.new + 2
        told.refused.append((2, "statement: lacks its verb (id 12)"))
        each()
        raise KeyboardInterrupt

    monkeypatch.setenv(bring_in.KEY, "key")
    monkeypatch.setenv(bring_in.SECRET, "secret")
    monkeypatch.setenv("LC_ALL", "en")
    monkeypatch.setattr(setting, "database", nullcontext)
    monkeypatch.setattr("passeur.project.migrating.require_done", lambda: None)
    monkeypatch.setattr(reading, "load", stopped)
    return lambda *options: outcome.run(bring_in.command, [ADDRESS, *options])


def test_stopped_it_says_what_came_and_what_was_refused(run, capsys):
    assert run() == outcome.INTERRUPTED
    told = capsys.readouterr()
    assert "statement: lacks its verb (id 12)" in told.err
    assert "3" in told.out
    assert "2" in told.out


def test_what_is_refused_the_next_time_is_added_to_the_file(run, tmp_path):
    """What was refused is not asked for again: another file of the same name would lose it."""
    file = tmp_path / "refused.txt"
    run("--refused", str(file))
    run("--refused", str(file))
    assert file.read_text().count("lacks its verb") == 2
