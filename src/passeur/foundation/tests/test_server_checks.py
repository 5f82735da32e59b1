"""Each thing that can be wrong with a server is told apart, on a real server that has it."""

import psycopg
import pytest

from passeur.foundation.postgres import checks, places, server
from passeur.foundation.postgres.errors import (
    AccentsNotFolded,
    DatabaseMissing,
    NoRightToCreate,
    NotUnicode,
    ReadOnly,
    TooOld,
    Unreachable,
    WrongPassword,
)


@pytest.fixture(scope="module")
def host(server_folder):
    """A server with one database of each kind, and an account that needs a password."""
    folder = server_folder
    with server.running(folder, settings=server.FAST):
        address = places.url(folder, user=places.ADMIN, database="postgres")
        rules = places.cluster(folder) / "pg_hba.conf"
        rules.write_text("local all locked scram-sha-256\n" + rules.read_text())
        with psycopg.connect(address, autocommit=True) as admin:
            admin.execute("CREATE ROLE locked LOGIN PASSWORD 'right'")
            admin.execute(
                "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0"
            )
            admin.execute(
                "CREATE DATABASE plain ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0"
            )
            admin.execute("CREATE DATABASE standby TEMPLATE template0")
            admin.execute("ALTER DATABASE standby SET default_transaction_read_only = on")
            admin.execute("SELECT pg_reload_conf()")
        yield str(places.socket_dir(folder))


def settings(host: str, **changes: object) -> dict[str, object]:
    return {"HOST": host, "PORT": "", "USER": places.ADMIN, "NAME": places.DATABASE, "OPTIONS": {}, **changes}


def test_a_database_with_all_that_is_needed_has_no_problem(host):
    assert checks.problems(settings(host, USER=places.ROLE)) == []


@pytest.mark.parametrize(
    ("changes", "problem", "named"),
    [
        ({"NAME": "absent"}, DatabaseMissing, "absent"),
        ({"NAME": "latin"}, NotUnicode, "LATIN1"),
        ({"NAME": "plain"}, AccentsNotFolded, "plain"),
        ({"NAME": "standby"}, ReadOnly, "lecture"),
        ({"USER": "locked", "PASSWORD": "wrong"}, WrongPassword, "locked"),
        ({"USER": "nobody_known"}, WrongPassword, "nobody_known"),
        ({"USER": "locked", "PASSWORD": "right"}, NoRightToCreate, "ALTER DATABASE passeur OWNER TO locked"),
        ({"HOST": "127.0.0.1", "PORT": "9"}, Unreachable, "127.0.0.1:9"),
        ({"HOST": "/nowhere"}, Unreachable, "/nowhere"),
        ({"HOST": "nowhere.invalid"}, Unreachable, "nowhere.invalid"),
    ],
)
def test_each_fault_is_its_own_sentence(host, changes, problem, named):
    found = checks.problems(settings(host, **changes))
    assert [type(one) for one in found] == [problem]
    assert named in str(found[0])
    assert "\n" not in str(found[0])


def test_an_old_server_is_refused(host, monkeypatch):
    monkeypatch.setattr(checks, "NEEDED", 99)
    with pytest.raises(TooOld, match="99"):
        checks.require(settings(host))
