"""The doctor: what is well, what is wrong, and what to do about it."""

import datetime as dt
import socket
from importlib import metadata

import pytest
from django.utils import timezone

from passeur.notifications.tests.factories import LetterFactory
from passeur.project import environment
from passeur.project.doctor import data, machine, site
from passeur.project.doctor.finding import Finding, Verdict


def verdicts(findings) -> list[Verdict]:
    return [finding.verdict for finding in findings]


def test_a_line_says_what_to_do_when_it_is_wrong():
    assert Finding(Verdict.WRONG, "Clé lisible", "chmod 600").line() == "✗ Clé lisible\n    → chmod 600"


def test_packages_of_other_versions_than_the_lock_are_named(tmp_path):
    lock = tmp_path / "run.txt"
    lock.write_text(
        "click==0.0.1 \\\n    --hash=sha256:0\nnowhere-to-be-found==1\nuvloop==1 ; sys_platform == 'x'\n"
    )
    (finding,) = machine.packages(lock)
    assert finding.verdict is Verdict.WRONG
    assert "click" in finding.found
    assert "nowhere-to-be-found" in finding.found
    assert "uvloop" not in finding.found


def test_a_package_pinned_for_one_python_or_another_is_well_in_either(tmp_path):
    installed = metadata.version("click")
    lock = tmp_path / "run.txt"
    lock.write_text(f"click==0.0.1 ; python_version < '3'\nclick=={installed} ; python_version >= '3'\n")
    assert verdicts(machine.packages(lock)) == [Verdict.WELL]


def test_the_environment_of_the_tests_is_that_of_the_lock():
    assert verdicts(machine.packages()) == [Verdict.WELL]


def test_a_folder_that_others_read_is_wrong(tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "secret-key").write_text("x")
    (tmp_path / "secret-key").chmod(0o644)
    found = list(machine.folder(tmp_path))
    assert [finding.verdict for finding in found][:2] == [Verdict.WRONG, Verdict.WRONG]
    assert [finding.remedy.split()[0] for finding in found[:2]] == ["chmod", "chmod"]


def test_a_port_that_is_taken_is_wrong(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert verdicts(machine.port(tmp_path, taken.getsockname()[1])) == [Verdict.WRONG]


@pytest.mark.django_db
def test_a_database_up_to_date_is_well(settings):
    assert Verdict.WRONG not in verdicts(data.server(settings.DATABASES["default"]))
    assert verdicts(data.migrations()) == [Verdict.WELL]
    assert verdicts(data.jobs()) == [Verdict.WELL]


def test_a_database_out_of_reach_is_wrong(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    (finding,) = data.server(environment.database(tmp_path))
    assert finding.verdict is Verdict.WRONG
    assert "127.0.0.1:9" in finding.remedy


def test_on_this_machine_only_mail_may_stay_in_the_log(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert verdicts(site.mail(settings)) == [Verdict.NOTE]
    assert verdicts(site.address(settings)) == [Verdict.NOTE]


def test_for_others_mail_must_leave(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    settings.ADDRESS = environment.Address("https", "passeur.example.org", "https://passeur.example.org")
    (finding,) = site.mail(settings)
    assert finding.verdict is Verdict.WRONG
    assert "EMAIL_URL" in finding.remedy


def test_a_mail_server_that_does_not_answer_is_wrong(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert verdicts(site.mail(settings)) == [Verdict.WRONG]


def test_showing_the_code_to_visitors_is_wrong(settings):
    settings.DEBUG = True
    assert Verdict.WRONG in verdicts(site.address(settings))


@pytest.mark.django_db
def test_letters_that_the_mail_server_refuses_are_wrong():
    LetterFactory.create(tries=3, made_at=timezone.now() - dt.timedelta(minutes=5))
    assert verdicts(data.post()) == []
    LetterFactory.create(tries=5, made_at=timezone.now() - dt.timedelta(minutes=50))
    (finding,) = data.post()
    assert finding.verdict is Verdict.WRONG
    assert ": 2, le plus ancien depuis 50 min" in finding.found
