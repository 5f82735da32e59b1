"""`passeur records distribute` where the server cannot: one sentence that says what to do."""

from contextlib import nullcontext

import pytest

from passeur.project.cli import outcome, setting
from passeur.project.cli.records import distribute as terminal
from passeur.records.services import distributing


@pytest.mark.parametrize(
    ("can_be_made", "says"), [(False, "shared_preload_libraries"), (True, "CREATE EXTENSION citus")]
)
def test_the_terminal_says_what_to_do(can_be_made, says, monkeypatch, capsys):
    def refuse():
        raise distributing.NoCitus(can_be_made=can_be_made)

    monkeypatch.setattr(distributing, "require_citus", refuse)
    monkeypatch.setattr(setting, "database", nullcontext)
    monkeypatch.setattr("passeur.project.migrating.require_done", lambda: None)
    assert outcome.run(terminal.command, []) == outcome.REFUSED
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1
