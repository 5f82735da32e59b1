"""What the environment says: the data folder, the database, secrets, switches."""

import os
import secrets
from pathlib import Path
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from passeur.foundation.errors import PasseurError


class BadSetting(PasseurError):
    """A variable of the environment that cannot be used; the sentence says which and why."""


def data_dir() -> Path:
    """The folder of all that Passeur keeps (`DATA_DIR`, by default `var` in the current folder)."""
    return Path(os.environ.get("DATA_DIR") or "var").expanduser().resolve()


def flag(name: str, *, default: bool = False) -> bool:
    """A switch: 1, true, yes or on, in any case."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def words(name: str, *, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def secret_key(folder: Path) -> str:
    """`SECRET_KEY`, else a key made once and kept in the data folder, readable by its owner only."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    path = folder / "secret-key"
    if path.exists():
        return path.read_text().strip()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = secrets.token_urlsafe(64)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


def database(folder: Path) -> dict[str, Any]:
    """Django's description of `DATABASE_URL`, else of the private server in the data folder."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        parts: dict[str, Any] = {"host": str(folder / "postgres"), "user": "postgres"}
        name = "passeur"
    else:
        if not url.startswith(("postgres://", "postgresql://")):
            raise BadSetting(
                "DATABASE_URL must start with postgresql://, for example "
                "postgresql://passeur:secret@localhost:5432/passeur."
            )
        try:
            parts = dict(conninfo_to_dict(url))
        except ProgrammingError as error:
            raise BadSetting(f"DATABASE_URL cannot be read: {error}") from error
        name = str(parts.pop("dbname", "") or "passeur")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "OPTIONS": {**parts, "pool": False},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
