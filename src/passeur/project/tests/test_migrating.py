"""Migrating on a server that is in the way, half done, or of another version: one sentence, nothing lost."""

import os
import subprocess

import psycopg
import pytest

from passeur.foundation.postgres import places, server
from passeur.foundation.tests.migrated import PROGRAM


@pytest.fixture
def url(server_folder):
    """An empty database of a private server."""
    with server.running(server_folder, settings=server.FAST) as running:
        admin = places.url(server_folder, user=places.ADMIN, database="postgres")
        change(admin, "DROP DATABASE passeur")
        change(admin, "CREATE DATABASE passeur OWNER passeur TEMPLATE template0")
        yield running.url


def passeur(*words: str, url: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATABASE_URL": url}
    return subprocess.run([*PROGRAM, *words], capture_output=True, text=True, env=environment, check=False)


def change(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


@pytest.mark.long
def test_a_migration_that_stops_half_way_leaves_what_was_before_it_and_goes_on_later(url):
    change(url, "CREATE TABLE skills_theme (id int)")
    stopped = passeur("migrate", url=url)
    assert stopped.returncode == 1
    assert "skills.0001_initial" in stopped.stderr
    assert "already exists" in stopped.stderr
    assert stopped.stderr.count("\n") == 1
    refused = passeur("worker", "--until-empty", url=url)
    assert refused.returncode == 1
    assert "passeur migrate" in refused.stderr

    change(url, "DROP TABLE skills_theme")
    assert passeur("migrate", url=url).returncode == 0
    again = passeur("migrate", url=url)
    assert (again.returncode, again.stdout.strip()) == (
        0,
        "Base à jour : rien à faire.".replace(" :", "\u00a0:"),
    )
    assert passeur("worker", "--until-empty", url=url).returncode == 0

    change(url, "INSERT INTO django_migrations (app, name, applied) VALUES ('skills', '9999_future', now())")
    ahead = passeur("migrate", url=url)
    assert ahead.returncode == 1
    assert "skills.9999_future" in ahead.stderr


@pytest.mark.long
def test_two_migrations_do_not_run_together(url):
    from passeur.project.migrating import LOCK

    with psycopg.connect(url, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        environment = {**os.environ, "DATABASE_URL": url}
        with subprocess.Popen(
            [*PROGRAM, "migrate"], stdout=subprocess.PIPE, text=True, env=environment
        ) as waiting:
            assert waiting.stdout is not None
            assert any("attends" in line for line in waiting.stdout)
            with psycopg.connect(url) as looking:
                assert looking.execute("SELECT to_regclass('accounts_member')").fetchone() == (None,)
            other.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
            waiting.stdout.read()
    assert waiting.returncode == 0


@pytest.mark.parametrize("address", ["postgresql://nobody:x@127.0.0.1:9/none", "mysql://here"])
def test_a_wrong_database_url_is_one_sentence(address):
    refused = passeur("migrate", url=address)
    assert refused.returncode == 1
    assert "DATABASE_URL" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_server_without_what_is_needed_is_one_sentence(server_folder, url):
    admin = places.url(server_folder, user=places.ADMIN)
    change(admin, "CREATE ROLE guest LOGIN")
    refused = passeur("migrate", url=places.url(server_folder, user="guest"))
    assert refused.returncode == 1
    assert "ALTER DATABASE passeur OWNER TO guest" in refused.stderr
