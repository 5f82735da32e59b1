"""The import commands, from the terminal's side: what they print, how they end, what stays."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner
from django.db import connection

from passeur.integrations.stackexchange.tests import dumps
from passeur.project.cli import outcome
from passeur.project.cli.imports import stackexchange

PROGRAM = [sys.executable, "-c", "from passeur.project.cli import main; main()"]


@pytest.fixture
def import_dump(transactional_db, monkeypatch):
    """Run `passeur import stackexchange` on the test's database, in a process of its own."""
    parameters = connection.get_connection_params()
    url = f"postgresql:///{parameters['dbname']}?" + "&".join(
        f"{key}={parameters[key]}" for key in ("host", "port", "user", "password") if parameters.get(key)
    )

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*PROGRAM, "import", "stackexchange", *arguments],
            env={**os.environ, "DATABASE_URL": url, "LC_ALL": "fr_FR.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )
        # No-break spaces read as spaces here.
        done.stdout, done.stderr = (
            text.replace("\u202f", " ").replace("\xa0", " ") for text in (done.stdout, done.stderr)
        )
        return done

    return run


def test_the_last_line_says_what_arrived_and_again_that_nothing_is_new(import_dump, tmp_path):
    folder = str(dumps.write(tmp_path / "bread.example.com"))
    first = import_dump(folder)
    assert first.returncode == outcome.DONE, first.stderr
    last = first.stdout.strip().splitlines()[-1]
    assert "« stackexchange-bread-example » : 2 échanges, 4 messages, 2 commentaires, 2 thèmes" in last
    assert "Rien de nouveau" in import_dump(folder).stdout


def test_refused_lines_are_told_with_their_place(import_dump, tmp_path):
    folder = dumps.write(
        tmp_path / "bread.example.com", Posts=dumps.changed(dumps.POSTS, "12", Score="beaucoup")
    )
    done = import_dump(str(folder))
    assert done.returncode == outcome.DONE
    assert "Posts.xml:5: " in done.stderr
    assert "Refusé : 1 ligne" in done.stdout


@pytest.mark.parametrize("made", [None, "texte"])
def test_what_cannot_be_read_is_one_sentence_and_a_code(import_dump, tmp_path, made):
    place = tmp_path / "bread.7z"
    if made is not None:
        place.write_text(made)
    done = import_dump(str(place))
    assert done.returncode == outcome.REFUSED
    assert str(place) in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_without_a_source_the_command_is_misused():
    assert CliRunner().invoke(stackexchange.command, []).exit_code == outcome.MISUSED
