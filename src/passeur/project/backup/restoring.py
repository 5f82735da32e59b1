"""Filling an empty place from an archive, forward to this version, without those who were erased since.

A file named `restoring` stands in the data folder from the first change to the last: nothing is served
meanwhile, and the same command, run again after a crash, begins again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from passeur.foundation.postgres import folder as data_folder
from passeur.foundation.terminal import gettext as _
from passeur.project import environment
from passeur.project.backup import errors, folder, manifest
from passeur.project.backup.reading import Archive
from passeur.project.serve import claims

if TYPE_CHECKING:
    from passeur.accounts.services import Erased

Tell = Callable[[str, float], None]
MARK = "restoring"


@dataclass(frozen=True, slots=True)
class Restored:
    """Rows by table as the archive had them, migrations done since, people who were erased again."""

    rows: int
    files: int
    migrated: list[str]
    erased: int


def require_finished(data_dir: Path) -> None:
    """Refuse to go on where a restoration did not come to its end."""
    if (data_dir / MARK).exists():
        raise errors.Unfinished(data_dir)


def ledgers(given: Sequence[Path], *, beside: Path, data_dir: Path) -> list[Path]:
    """The ledgers of erasures there are: those given, that of the data folder, that beside the archive."""
    known = [environment.erasures(data_dir), data_dir / environment.LEDGER, beside / environment.LEDGER]
    return [*given, *(path for path in dict.fromkeys(known) if path.exists() and path not in given)]


@contextmanager
def place(archive: Archive, *, data_dir: Path, other_key: bool) -> Iterator[None]:
    """Claim the data folder, find it empty, and let Django start with the key of the archive."""
    data_folder.prepare(data_dir)
    with claims.data_folder(data_dir, "restore"):
        if not (data_dir / MARK).exists() and any((data_dir / folder.FILES).rglob("*/*/*")):
            raise errors.NotEmpty(str(data_dir / folder.FILES))
        os.environ["SECRET_KEY"] = _key(archive, data_dir, other_key=other_key)
        yield


def _key(archive: Archive, data_dir: Path, *, other_key: bool) -> str:
    given = os.environ.get("SECRET_KEY") or archive.key()
    if given and manifest.fingerprint(given) == archive.manifest.key:
        return given
    if not other_key:
        raise errors.OtherKey
    return given or environment.secret_key(data_dir)


def restore(archive: Archive, *, data_dir: Path, ledgers: Sequence[Path], tell: Tell) -> Restored:
    """Do it, inside `place` and with the database at hand; what goes wrong leaves the place empty."""
    from passeur.project.backup import filling

    mark = data_dir / MARK
    if mark.exists():
        _clear(archive, data_dir)
    elif found := filling.tables():
        raise errors.NotEmpty(found[0])
    gone = _read(ledgers)
    _require_known(archive)
    mark.touch(mode=0o600)
    try:
        made = _fill(archive, data_dir=data_dir, gone=gone, tell=tell)
    except BaseException:
        _clear(archive, data_dir)
        mark.unlink()
        raise
    mark.unlink()
    return made


def _fill(archive: Archive, *, data_dir: Path, gone: list[Erased], tell: Tell) -> Restored:
    from django.conf import settings
    from django.db import connection

    from passeur.accounts import services
    from passeur.project import migrating
    from passeur.project.backup import filling

    said = archive.manifest
    filling.require_extensions(said.extensions)
    _put_files(archive, data_dir, tell)
    size = max(1, said.parts[manifest.DUMP].size)
    with archive.open(manifest.DUMP) as dump:
        filling.fill(
            dump,
            made_by=said.postgresql,
            told=lambda done: tell(_("Base de données"), 0.2 + 0.6 * done / size),
        )
    tell(_("Je compare"), 0.8)
    found = filling.counts()
    for table, rows in said.tables.items():
        if found.get(table) != rows:
            raise errors.RestoredOtherwise(table, rows, found.get(table, 0))
    tell(_("Je mets à jour"), 0.85)
    migrated = migrating.migrate(tell=lambda line: None)
    tell(_("J’efface à nouveau qui a été effacé depuis"), 0.95)
    # The ledger goes on with when each was erased first.
    services.add_to_ledger(settings.ERASURES, gone)
    erased = services.erase_again(gone)
    if erased:
        _finish_erasing()
    services.note_erasures()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    tell(_("Restauration faite"), 1.0)
    return Restored(sum(said.tables.values()), len(archive.files()), migrated, erased)


def _finish_erasing() -> None:
    """Do what the erasing queued, of the search for instance, before anybody looks; mail waits."""
    from passeur.foundation import jobs
    from passeur.project.serve.work import work

    queues = {task.queue for task in jobs.app().tasks.values()} - {"mail"}
    work(concurrency=1, until_empty=True, queues=sorted(queues))


def _read(paths: Sequence[Path]) -> list[Erased]:
    from passeur.accounts import services

    found: list[Erased] = []
    for path in paths:
        try:
            found += services.read_ledger(path)
        except (ValueError, KeyError, TypeError) as error:
            raise errors.LedgerUnreadable(path) from error
    return found


def _require_known(archive: Archive) -> None:
    """Every migration of ours that the archive went through is one that this version has."""
    from django.db.migrations.loader import MigrationLoader

    disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    ours = {label for label, _name in disk}
    known = {f"{label}.{name}" for label, name in disk}
    known |= {f"{label}.{name}" for migration in disk.values() for label, name in migration.replaces}
    if more := [
        name for name in archive.manifest.migrations if name.split(".", 1)[0] in ours and name not in known
    ]:
        raise errors.TooNew(archive.manifest.passeur, more)


def _put_files(archive: Archive, data_dir: Path, tell: Tell) -> None:
    files = archive.files()
    for number, (name, inside) in enumerate(files.items()):
        target = data_dir / inside
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        target.unlink(missing_ok=True)
        with (
            archive.open(name) as content,
            os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file,
        ):
            shutil.copyfileobj(content, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
        tell(_("Fichiers"), 0.2 * number / len(files))


def _clear(archive: Archive, data_dir: Path) -> None:
    """Take away what this restoration, or one before that died, put here; a key that was made here stays."""
    from django.db import connections

    from passeur.project.backup import filling

    connections.close_all()
    filling.empty()
    for name in folder.KEPT - (set() if archive.key() else {folder.KEY}):
        path = data_dir / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
