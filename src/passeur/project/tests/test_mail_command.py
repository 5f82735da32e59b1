"""`passeur mail receive`, from the mail server's side: what it reads of the exit code and the words."""

from contextlib import contextmanager

import pytest
from click.testing import CliRunner
from django.db import OperationalError

from passeur.project.cli import outcome
from passeur.project.cli.mails import receive

ANSWER = b"From: anais@orvelle.example\nSubject: Re\n\nMerci !\n"
ABSENT = b"From: anais@orvelle.example\nAuto-Submitted: auto-replied\nSubject: Absente\n\nMerci !\n"


@pytest.fixture
def handed_in(monkeypatch, db):
    """Hand a message in; gives back the exit code and what was said."""

    @contextmanager
    def here():
        yield None

    monkeypatch.setattr("passeur.project.cli.setting.database", here)

    def hand(raw: bytes, *arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(receive.command, list(arguments), input=raw, standalone_mode=False)
        return int(result.return_value), result.output

    return hand


def test_what_a_person_wrote_is_turned_away_with_where_to_reply(handed_in):
    code, words = handed_in(ANSWER)
    assert code == 69
    assert "suivez le lien du courriel" in words


def test_an_absence_notice_is_taken_and_dropped(handed_in):
    assert handed_in(ABSENT)[0] == 0


def test_what_it_came_to_is_read(handed_in):
    assert handed_in(ABSENT, "--to", "retours+0123@passeur.example")[0] == 0


def test_while_the_database_is_away_the_mail_server_keeps_it(monkeypatch):
    def away():
        raise OperationalError("connection refused")

    monkeypatch.setattr("passeur.project.cli.setting.database", away)
    monkeypatch.setattr(outcome, "explain", lambda error: "La base ne répond pas.")
    result = CliRunner().invoke(receive.command, [], input=ANSWER, standalone_mode=False)
    assert result.return_value == 75
    assert "La base ne répond pas." in result.output
