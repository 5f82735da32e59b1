"""Filling an empty database from a dump in one transaction, and emptying it again when that led nowhere."""

from __future__ import annotations

import subprocess
import tempfile
import threading
from collections.abc import Callable
from typing import IO, Any, cast

import psycopg
from psycopg import sql

from passeur.foundation.postgres.errors import DiskFull
from passeur.project.backup import errors, programs, snapshot

Pipe = IO[bytes]
CHUNK = 1 << 18
_HEAD = 64  # lines at most before the first that makes something

_LEFT = """
SELECT 'TABLE', c.relname, '' FROM pg_class c WHERE c.relnamespace = %(schema)s AND c.relkind IN ('r', 'p')
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
UNION ALL
SELECT 'ROUTINE', p.proname, '(' || pg_get_function_identity_arguments(p.oid) || ')' FROM pg_proc p
 WHERE p.pronamespace = %(schema)s
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT 'TYPE', t.typname, '' FROM pg_type t
 WHERE t.typnamespace = %(schema)s AND t.typtype = 'e'
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
UNION ALL
SELECT 'TEXT SEARCH CONFIGURATION', c.cfgname, '' FROM pg_ts_config c WHERE c.cfgnamespace = %(schema)s
UNION ALL
SELECT 'TEXT SEARCH DICTIONARY', d.dictname, '' FROM pg_ts_dict d WHERE d.dictnamespace = %(schema)s
"""


def major() -> int:
    """The version of the server to be filled."""
    return int(_one("SELECT current_setting('server_version_num')::int / 10000"))


def tables() -> list[str]:
    """The tables that are there already."""
    with psycopg.connect(**snapshot.given()) as connection:
        schema = connection.execute("SELECT current_schema()").fetchone()
        return [name for (name,) in connection.execute(snapshot.TABLES.encode(), schema).fetchall()]


def counts() -> dict[str, int]:
    """Rows by table."""
    with snapshot.taken() as moment:
        return moment.tables()


def require_extensions(names: list[str]) -> None:
    """Have these extensions in the database, or raise the sentence that asks for them."""
    with psycopg.connect(**snapshot.given(), autocommit=True) as connection:
        for name in names:
            try:
                connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
            except psycopg.Error as error:
                raise errors.NoExtension(name) from error


def fill(dump: IO[bytes], *, made_by: int, told: Callable[[int], None]) -> None:
    """Run what the dump says, all of it or nothing. `told` hears how many of its bytes were read."""
    here = major()
    if here < made_by:
        raise errors.ServerTooOld(made_by, here)
    where, password = snapshot.address()
    schema = str(_one("SELECT current_schema()"))
    around: dict[str, Any] = {"env": programs.surroundings(password)}
    reader = [
        str(programs.program("pg_restore", at_least=made_by, newest=True)),
        "--file=-",
        f"--schema={schema}",
    ]
    reader += ["--no-owner", "--no-privileges", "--no-comments"]
    writer = [
        str(programs.program("psql", at_least=here, newest=True)),
        "--no-psqlrc",
        "--quiet",
        "--single-transaction",
    ]
    writer += ["--set=ON_ERROR_STOP=1", f"--dbname={where}"]
    with tempfile.TemporaryFile("w+") as said:
        reading = subprocess.Popen(  # noqa: S603 - programs of PostgreSQL, our own words
            reader, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, **around
        )
        writing = subprocess.Popen(  # noqa: S603
            writer, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said, **around
        )
        feeding = threading.Thread(target=_feed, args=(dump, cast("Pipe", reading.stdin), told), daemon=True)
        try:
            feeding.start()
            whole = _pass_on(cast("Pipe", reading.stdout), cast("Pipe", writing.stdin))
            codes = reading.wait(), writing.wait()
        finally:
            for process in (writing, reading):
                process.kill()
                process.wait()
            feeding.join()
        said.seek(0)
        _judge(codes, said.read(), whole)


def _feed(dump: IO[bytes], into: IO[bytes], told: Callable[[int], None]) -> None:
    done = 0
    try:
        while piece := dump.read(CHUNK):
            into.write(piece)
            done += len(piece)
            told(done)
    except OSError:
        return  # the program ended, and has said why
    finally:
        _close(into)


def _pass_on(script: IO[bytes], into: IO[bytes]) -> bool:
    """Hand the script over, without a setting that servers before PostgreSQL 17 do not know; false if cut."""
    try:
        for _line in range(_HEAD):
            line = script.readline()
            if not line.startswith(b"SET transaction_timeout"):
                into.write(line)
            if line.startswith(b"CREATE "):
                break
        while piece := script.read(CHUNK):
            into.write(piece)
    except OSError:
        _close(into)
        return False
    return _close(into)


def _close(pipe: IO[bytes]) -> bool:
    try:
        pipe.close()
    except OSError:
        return False
    return True


def _judge(codes: tuple[int, int], said: str, whole: bool) -> None:
    if codes == (0, 0) and whole:
        return
    if "No space left on device" in said:
        raise DiskFull(str(snapshot.given().get("host") or "PostgreSQL"))
    lines = [line for line in said.splitlines() if "ERROR" in line or "error" in line or "FATAL" in line]
    raise errors.ProgramFailed("pg_restore", (lines or said.splitlines() or [str(codes)])[0].strip())


def empty() -> None:
    """Drop all that a restoration made; extensions stay."""
    with psycopg.connect(**snapshot.given(), autocommit=True) as connection:
        row = connection.execute("SELECT current_schema(), current_schema()::regnamespace::oid").fetchone()
        schema, number = row or ("public", 0)
        for kind, name, arguments in connection.execute(_LEFT.encode(), {"schema": number}).fetchall():
            connection.execute(
                sql.SQL("DROP {} IF EXISTS {}.{}{} CASCADE").format(
                    sql.SQL(kind), sql.Identifier(schema), sql.Identifier(name), sql.SQL(arguments)
                )
            )


def _one(query: str) -> Any:
    with psycopg.connect(**snapshot.given()) as connection:
        row = connection.execute(query.encode()).fetchone()
        return row[0] if row else None
