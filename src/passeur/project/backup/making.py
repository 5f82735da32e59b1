"""Making a backup: one moment of the database, every kept file, the manifest last; whole or not at all."""

from __future__ import annotations

import datetime as dt
import errno
import fcntl
import hashlib
import os
import re
import secrets
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import IO, cast

from passeur.foundation.terminal import gettext as _
from passeur.project.backup import errors, folder, last, manifest, programs, snapshot
from passeur.project.backup.manifest import Manifest, Part

CHUNK = 1 << 20
Tell = Callable[[str, float], None]
_OURS = re.compile(r"passeur-\d{8}T\d{6}Z\.zip")
_HALF = re.compile(r"\.passeur-[0-9a-f]+\.half")


@dataclass(frozen=True, slots=True)
class Made:
    """A finished archive, and the older ones that were removed for it."""

    path: Path
    size: int
    manifest: Manifest
    removed: list[Path]


def make(target: Path, *, data_dir: Path, key: str, keep: int | None, tell: Tell) -> Made:
    """Write an archive to `target`: a file that is not there yet, or a folder, where the clock names it.

    With `keep`, of the archives so named in that folder the newest `keep` stay.
    """
    at = dt.datetime.now(dt.UTC)
    path = target / f"passeur-{at:%Y%m%dT%H%M%SZ}.zip" if target.is_dir() else target
    if path.exists():
        raise errors.AlreadyThere(path)
    if not path.parent.is_dir():
        raise errors.NoFolder(path.parent)
    with _half(path) as file:
        written = _write(file, at=at, data_dir=data_dir, key=key, tell=tell)
    size = path.stat().st_size
    with suppress(OSError):  # a full data folder is no reason to call the archive a failure
        last.note(data_dir, path, size)
    return Made(path, size, written, _thin_out(path.parent, keep))


def _write(file: IO[bytes], *, at: dt.datetime, data_dir: Path, key: str, tell: Tell) -> Manifest:
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive,
        snapshot.taken() as moment,
    ):
        tell(_("Je compte"), 0.0)
        made = Manifest(
            passeur=metadata.version("passeur"),
            made_at=at.isoformat(),
            postgresql=moment.major,
            key=manifest.fingerprint(key),
            migrations=moment.migrations(),
            tables=moment.tables(),
            extensions=moment.extensions(),
        )
        size = max(1, moment.size())
        with _dumped(moment) as dump:
            made.parts[manifest.DUMP] = _put(
                archive, manifest.DUMP, dump, lambda done: tell(_("Base de données"), min(0.7, done / size))
            )
        files = list(folder.kept_files(data_dir))
        for number, inside in enumerate(files):
            name = manifest.FILES + inside.as_posix()
            with suppress(FileNotFoundError), (data_dir / inside).open("rb") as content:
                made.parts[name] = _put(archive, name, content)
            tell(_("Fichiers"), 0.7 + 0.3 * number / len(files))
        said = made.as_json()
        archive.writestr(_entry(manifest.MANIFEST), said)
        archive.writestr(_entry(manifest.SEAL), hashlib.sha256(said).hexdigest())
    tell(_("Sauvegarde prête"), 1.0)
    return made


@contextmanager
def _dumped(moment: snapshot.Moment) -> Iterator[IO[bytes]]:
    """What pg_dump writes, in its own format; raises what it said when it did not come to its end."""
    program = programs.program("pg_dump", at_least=moment.major)
    words = ["--format=custom", "--no-owner", "--no-privileges", "--no-comments"]
    words += [f"--schema={moment.schema}", f"--snapshot={moment.name}", f"--dbname={moment.address}"]
    with tempfile.TemporaryFile("w+") as said:
        running = subprocess.Popen(  # noqa: S603 - a program of PostgreSQL, our own words
            [str(program), *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            env=programs.surroundings(moment.password),
        )
        try:
            yield cast("IO[bytes]", running.stdout)
            code = running.wait()
        finally:
            running.kill()
            running.wait()
        said.seek(0)
        if code != 0:
            raise errors.ProgramFailed("pg_dump", (said.read().strip().splitlines() or [str(code)])[-1])


def _put(
    archive: zipfile.ZipFile, name: str, content: IO[bytes], told: Callable[[int], None] = lambda done: None
) -> Part:
    digest, size = hashlib.sha256(), 0
    with archive.open(_entry(name), "w", force_zip64=True) as inside:
        while piece := content.read(CHUNK):
            inside.write(piece)
            digest.update(piece)
            size += len(piece)
            told(size)
    return Part(size, digest.hexdigest())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, dt.datetime.now(dt.UTC).timetuple()[:6])
    entry.external_attr = 0o600 << 16
    return entry


@contextmanager
def _half(path: Path) -> Iterator[IO[bytes]]:
    """A file beside `path` that takes its name once it is whole and on the disk, and else disappears."""
    _sweep(path.parent)
    half = path.parent / f".passeur-{secrets.token_hex(8)}.half"
    try:
        with os.fdopen(os.open(half, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
            file.flush()
            os.fsync(file.fileno())
            _name(half, path)
    except FileExistsError as error:
        raise errors.AlreadyThere(path) from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise errors.NoRoom(path.parent) from error
        raise
    finally:
        half.unlink(missing_ok=True)
    _settle(path.parent)


def _name(half: Path, path: Path) -> None:
    """Unlike a renaming, a link replaces nothing; some disks have none."""
    try:
        os.link(half, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise
        half.rename(path)


def _settle(place: Path) -> None:
    """Have the folder itself written to the disk."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(place: Path) -> None:
    """Remove what a killed process left: nobody holds its lock any more."""
    for path in place.iterdir():
        if _HALF.fullmatch(path.name):
            with suppress(OSError), path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()


def _thin_out(place: Path, keep: int | None) -> list[Path]:
    if keep is None:
        return []
    ours = sorted(path for path in place.iterdir() if _OURS.fullmatch(path.name))
    removed = ours[:-keep]
    for path in removed:
        path.unlink()
    return removed
