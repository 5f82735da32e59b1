"""What the environment says: the data folder, the address, the database, mail, secrets, switches."""

import ipaddress
import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from passeur.foundation.errors import PasseurError
from passeur.foundation.postgres import places
from passeur.foundation.terminal import gettext as _


class BadSetting(PasseurError):
    """A variable of the environment that cannot be used; the sentence says which and why."""


def data_dir() -> Path:
    """The folder of all that Passeur keeps (`DATA_DIR`, by default `var` in the current folder)."""
    return Path(os.environ.get("DATA_DIR") or "var").expanduser().resolve()


LEDGER = "passeur-erasures.jsonl"
"""The name of the ledger of erasures, in the data folder and beside backups."""


def erasures(folder: Path) -> Path:
    """The ledger of erasures: `PASSEUR_ERASURES`, on another disk for instance, else in the data folder."""
    given = os.environ.get("PASSEUR_ERASURES")
    return Path(given).expanduser().resolve() if given else folder / LEDGER


def flag(name: str, *, default: bool = False) -> bool:
    """A switch: 1, true, yes or on, in any case."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def second_factor() -> str:
    """Of whom a second factor is asked (`PASSEUR_SECOND_FACTOR`): nobody, administrators or everybody."""
    asked = os.environ.get("PASSEUR_SECOND_FACTOR", "").strip().lower() or "nobody"
    if asked not in {"nobody", "administrators", "everybody"}:
        raise BadSetting(
            _("PASSEUR_SECOND_FACTOR : écrivez nobody, administrators ou everybody, et non « %(asked)s ».")
            % {"asked": asked}
        )
    return asked


def words(name: str, *, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def megabytes(name: str, *, default: int) -> int:
    """A size in bytes, from a whole number of megabytes."""
    given = os.environ.get(name, "").strip() or str(default)
    if not given.isdigit() or int(given) == 0:
        raise BadSetting(
            _(
                "{name} vaut « {given} » : donnez des mégaoctets en nombre entier, par exemple {default}."
            ).format(name=name, given=given, default=default)
        )
    return int(given) * 1024 * 1024


def weeks(name: str, *, default: int) -> int:
    """A span of time; a week at least."""
    given = os.environ.get(name, "").strip() or str(default)
    if not given.isdigit() or not 1 <= int(given) <= 5200:
        raise BadSetting(
            _(
                "{name} vaut « {given} » : donnez des semaines en nombre entier, par exemple {default}."
            ).format(name=name, given=given, default=default)
        )
    return int(given)


def proxies(*, default: int) -> int:
    """`PASSEUR_PROXIES`: how many proxies of ours a request passes, each adding to `X-Forwarded-For`."""
    given = os.environ.get("PASSEUR_PROXIES", "").strip() or str(default)
    if not given.isdigit() or int(given) > 9:
        raise BadSetting(
            _(
                "PASSEUR_PROXIES vaut « {given} » : donnez le nombre de serveurs mandataires, de 0 à 9."
            ).format(given=given)
        )
    return int(given)


def log_format() -> str:
    """How lines of the log are written (`PASSEUR_LOG_FORMAT`): `line` for people, `json` for programs."""
    given = os.environ.get("PASSEUR_LOG_FORMAT", "").strip().lower() or "line"
    if given not in {"line", "json"}:
        raise BadSetting(_("PASSEUR_LOG_FORMAT vaut « {given} » : écrivez line ou json.").format(given=given))
    return given


def metrics_token() -> str:
    """`PASSEUR_METRICS_TOKEN`: with it /metrics may be read from elsewhere; empty when unset."""
    given = os.environ.get("PASSEUR_METRICS_TOKEN", "").strip()
    if given and (len(given) < 16 or not given.isascii() or " " in given):
        raise BadSetting(
            _(
                "PASSEUR_METRICS_TOKEN : donnez au moins seize lettres ou chiffres sans espace, par exemple "
                "ceux de « openssl rand -hex 24 »."
            )
        )
    return given


@dataclass(frozen=True, slots=True)
class Address:
    """Where browsers find Passeur. Without https it can only be this machine."""

    scheme: str
    host: str
    origin: str

    @property
    def is_secure(self) -> bool:
        return self.scheme == "https"


def address() -> Address | None:
    """`PASSEUR_ADDRESS`: `https://passeur.example.org`, or `http://` on this machine; None when unset."""
    given = os.environ.get("PASSEUR_ADDRESS", "").strip().rstrip("/")
    if not given:
        return None
    try:
        parts = urlsplit(given)
        host, _port = parts.hostname, parts.port
    except ValueError:
        host = None
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not host or parts.path or parts.query:
        raise BadSetting(
            _(
                "PASSEUR_ADDRESS vaut « {given} » : donnez l’adresse que voient les navigateurs, "
                "par exemple https://passeur.example.org."
            ).format(given=given)
        )
    if parts.scheme == "http" and not _is_loopback(host):
        raise BadSetting(
            _(
                "PASSEUR_ADDRESS vaut « {given} » : hors de cette machine l’adresse doit commencer par "
                "https://, sinon les mots de passe passent en clair."
            ).format(given=given)
        )
    return Address(parts.scheme, host, f"{parts.scheme}://{parts.netloc}")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def secret_key(folder: Path) -> str:
    """`SECRET_KEY`, else a key made once and kept in the data folder, readable by its owner only."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    path = folder / "secret-key"
    try:
        if path.exists():
            return path.read_text().strip()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = secrets.token_urlsafe(64)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()  # another process made it in between
    except OSError as error:
        raise BadSetting(
            _(
                "Le dossier de données {folder} n’est pas utilisable ({detail}) : donnez-en les droits à ce "
                "compte, ou choisissez-en un autre avec DATA_DIR."
            ).format(folder=folder, detail=error.strerror)
        ) from error
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


def database(folder: Path) -> dict[str, Any]:
    """Django's description of `DATABASE_URL`, else of the private server in the data folder."""
    url = os.environ.get("DATABASE_URL") or places.url(folder)
    if not url.startswith(("postgres://", "postgresql://")):
        raise BadSetting(
            _(
                "DATABASE_URL doit commencer par postgresql://, par exemple "
                "postgresql://passeur:secret@localhost:5432/passeur."
            )
        )
    try:
        parts: dict[str, Any] = dict(conninfo_to_dict(url))
    except ProgrammingError as error:
        detail = " ".join(str(error).split())
        raise BadSetting(_("DATABASE_URL est illisible : {detail}").format(detail=detail)) from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": str(parts.pop("dbname", "") or places.DATABASE),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        # Only what asks for it is prepared (`foundation/lasting.py`), never what was merely asked often.
        "OPTIONS": {
            "connect_timeout": 5,
            "prepare_threshold": sys.maxsize if flag("PASSEUR_PREPARE", default=True) else None,
            **parts,
        },
        # What is asked first on a connection costs twice as much: plans are made, and what the server knows
        # of tables is read. No more are held open for it: a thread that rests keeps its connection anyhow.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"TEMPLATE": "template0", "CHARSET": "UTF8"},
    }


def mail() -> dict[str, Any]:
    """Django's settings for `EMAIL_URL`: `smtp://user:password@host:587` (STARTTLS), `smtps://…:465`.

    `smtp://…?tls=no` sends in clear, for a relay on this machine. Unset, mail is printed.
    """
    url = os.environ.get("EMAIL_URL", "").strip()
    if not url or url.startswith("console"):
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise BadSetting(
            _("EMAIL_URL doit commencer par smtp:// ou smtps://, par exemple smtp://nom:secret@mail:587.")
        )
    implicit = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "passeur.foundation.smtp.PatientBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if implicit else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": implicit,
        "EMAIL_USE_TLS": not implicit and parse_qs(parts.query).get("tls") != ["no"],
        "EMAIL_TIMEOUT": 10,
    }


def mail_returns() -> str:
    """`PASSEUR_MAIL_RETURNS`: the address that `name+…@host` reaches too; empty when unset."""
    given = os.environ.get("PASSEUR_MAIL_RETURNS", "").strip()
    name, at, host = given.rpartition("@")
    if given and not (name and at and host and "+" not in name and not set(given) & set(" <>,")):
        raise BadSetting(
            _(
                "PASSEUR_MAIL_RETURNS vaut « {given} » : donnez une adresse simple, "
                "par exemple retours@passeur.example.org."
            ).format(given=given)
        )
    return given
