"""What Passeur asks of any PostgreSQL server, and the sentence for each thing that is not so."""

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg.rows import dict_row

from passeur.foundation.postgres.errors import (
    AccentsNotFolded,
    DatabaseMissing,
    DatabaseUnusable,
    NoRightToCreate,
    NotUnicode,
    ReadOnly,
    Refused,
    TooOld,
    Unreachable,
    WrongPassword,
)

NEEDED = 15

# A server speaks its own language before anybody has signed in: English, French, German, Spanish.
_PASSWORD = (
    "password",
    "mot de passe",
    "passwort",
    "contraseña",
    "peer authentication",
    "authentification",
    "no pg_hba.conf entry",
    "role ",
    "rôle ",
)
_MISSING = ("database", "base de données", "datenbank", "base de datos")

_FACTS = """
SELECT current_setting('server_version') AS version,
       current_setting('server_version_num')::int / 10000 AS major,
       pg_encoding_to_char(d.encoding) AS encoding,
       d.datctype AS locale,
       pg_is_in_recovery() OR current_setting('default_transaction_read_only')::bool AS read_only,
       coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)
         AND coalesce(has_table_privilege(to_regclass('django_migrations'), 'INSERT'), true) AS can_create,
       CASE WHEN pg_encoding_to_char(d.encoding) = 'UTF8'
            THEN lower(convert_from('\\xc389', 'UTF8') COLLATE "default") = convert_from('\\xc3a9', 'UTF8')
            ELSE true END AS folds,
       EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'vector') AS has_vector
  FROM pg_database d WHERE d.datname = current_database()
"""


def place(settings: Mapping[str, Any]) -> str:
    """Where a server is, for a person: its host and port, or its socket's folder."""
    host = str(settings.get("HOST") or "localhost")
    return host if host.startswith("/") else f"{host}:{settings.get('PORT') or 5432}"


def facts(settings: Mapping[str, Any]) -> dict[str, Any]:
    """What the server says of itself; the database is named as in Django's DATABASES."""
    parameters = {
        "host": settings.get("HOST"),
        "port": settings.get("PORT"),
        "user": settings.get("USER"),
        "password": settings.get("PASSWORD"),
        "dbname": settings["NAME"],
        "connect_timeout": 5,
    }
    extra = {name: value for name, value in settings.get("OPTIONS", {}).items() if name != "pool"}
    given = {name: value for name, value in {**parameters, **extra}.items() if value not in (None, "")}
    try:
        with psycopg.connect(**given, row_factory=dict_row) as connection:
            row = connection.execute(_FACTS).fetchone()
    except psycopg.OperationalError as error:
        raise _sentence(error, settings) from error
    return row or {}


def problems(settings: Mapping[str, Any]) -> list[DatabaseUnusable]:
    """Everything that keeps Passeur from working on this database."""
    try:
        found = facts(settings)
    except DatabaseUnusable as problem:
        return [problem]
    name = str(settings["NAME"])
    wrong: list[DatabaseUnusable] = []
    if found["major"] < NEEDED:
        wrong.append(TooOld(found["version"], NEEDED))
    if found["encoding"] != "UTF8":
        wrong.append(NotUnicode(name, found["encoding"]))
    elif not found["folds"]:
        wrong.append(AccentsNotFolded(name, found["locale"]))
    if found["read_only"]:
        wrong.append(ReadOnly(place(settings)))
    if not found["can_create"]:
        wrong.append(NoRightToCreate(name, str(settings.get("USER") or "?")))
    return wrong


def require(settings: Mapping[str, Any]) -> None:
    """Raise the first problem."""
    for problem in problems(settings):
        raise problem


def _sentence(error: psycopg.OperationalError, settings: Mapping[str, Any]) -> DatabaseUnusable:
    said = " ".join(str(error).split())
    low = said.lower()
    where = place(settings)
    if "fatal" not in low and "FATAL" not in said:
        return Unreachable(where, str(error).strip().split("\n", 1)[0].rsplit(": ", 1)[-1])
    reason = said.split(":", 2)[-1].strip()
    after = low.split("fatal", 1)[1]
    if any(word in after for word in _MISSING) and "password" not in after and "pg_hba" not in after:
        return DatabaseMissing(where, str(settings["NAME"]))
    if any(word in after for word in _PASSWORD):
        return WrongPassword(where, str(settings.get("USER") or "?"))
    return Refused(where, reason)
