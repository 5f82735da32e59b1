"""The program: every command's help is a page, and what goes wrong is one sentence and a code."""

import errno
import subprocess
import sys

import click
import psycopg
import pytest
from django.db import DatabaseError

from passeur.foundation.errors import PasseurError
from passeur.project.cli import outcome
from passeur.project.cli.program import LazyGroup, program

PROGRAM = [sys.executable, "-c", "from passeur.project.cli import main; main()"]


def every_command(group: LazyGroup = program, path: tuple[str, ...] = ()):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*path, name), command
        if isinstance(command, LazyGroup):
            yield from every_command(command, (*path, name))


@pytest.mark.parametrize(
    ("path", "command"),
    list(every_command()),
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_the_help_of_a_command_is_a_page(path, command):
    page = command.get_help(click.Context(command, info_name=path[-1]))
    assert "130" in page, "exit codes"
    assert command.get_short_help_str(200)
    if not isinstance(command, LazyGroup):
        assert f"passeur {' '.join(path)}" in page, "an example"


def test_help_does_not_wait_for_django():
    source = "import sys\nfrom passeur.project.cli.program import program\nassert 'django' not in sys.modules"
    subprocess.run([sys.executable, "-c", source], check=True)


@pytest.mark.parametrize(("language", "word"), [("fr_FR.UTF-8", "Emploi"), ("C.UTF-8", "Usage")])
def test_the_program_speaks_the_language_of_the_terminal(monkeypatch, language, word):
    monkeypatch.setenv("LC_ALL", language)
    said = subprocess.run([*PROGRAM, "serve", "--help"], capture_output=True, text=True, check=True).stdout
    assert said.startswith(word)


def ending(error: BaseException, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    @click.command()
    def command() -> None:
        raise error

    return outcome.run(command, []), capsys.readouterr().err


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "code", "word"),
    [
        (PasseurError("Une phrase.\n  En deux lignes."), 1, "Une phrase. En deux lignes."),
        (click.UsageError("mal appelé"), 2, "mal appelé"),
        (KeyboardInterrupt(), 130, "Interrompu"),
        (outcome.Interrupted("Gardé : tout."), 130, "Gardé : tout."),
        (OSError(errno.ENOSPC, "No space left", "dossier"), 1, "dossier"),
        (psycopg.errors.DiskFull("x"), 1, "intact"),
        (caused(DatabaseError("x"), psycopg.errors.DiskFull("x")), 1, "intact"),
        (psycopg.OperationalError("server closed the connection\n\tunexpectedly"), 1, "server closed"),
    ],
)
def test_what_goes_wrong_is_one_line_and_a_code(error, code, word, capsys):
    ended, said = ending(error, capsys)
    assert ended == code
    assert word in said
    if code != 2:
        assert said.strip().count("\n") == 0


def test_a_fault_of_ours_is_not_dressed_up_as_a_sentence(capsys):
    with pytest.raises(ZeroDivisionError):
        ending(ZeroDivisionError(), capsys)


def test_the_exit_code_of_a_command_is_what_it_returns():
    assert outcome.run(click.command()(lambda: 1), []) == 1
    assert outcome.run(click.command()(lambda: None), []) == 0
