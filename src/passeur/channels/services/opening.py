"""Opens what a connector was given, a folder or an archive, and streams its files, none onto a disk."""

from __future__ import annotations

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol, cast

from django.utils.translation import gettext as _

from ..errors import NotAnArchive, UnreadableArchive

SUFFIXES = (".7z", ".tar.xz", ".tar.gz", ".tar.bz2", ".tgz", ".txz", ".tar", ".zip")

Rank = Callable[[str], int | None]
"""Where a file, by its path inside, comes in the order of reading; None: not wanted."""


class Source(Protocol):
    """Files to read, in order where the source can choose, and how far the reading is."""

    name: str
    ordered: bool
    total: int

    @property
    def position(self) -> int: ...

    def names(self) -> list[str]: ...

    def files(self) -> Iterator[tuple[str, BinaryIO]]: ...


def stem(path: Path) -> str:
    """The name of a folder or archive without what says how it is packed."""
    name = path.resolve().name
    for suffix in SUFFIXES:
        if name.lower().endswith(suffix):
            return name[: -len(suffix)]
    return name


def open_source(path: Path, *, rank: Rank, expected: str) -> Source:
    """The files of `path` that `rank` wants. A folder that only holds one archive stands for it.

    `expected` says in words what was hoped for, should nothing of it be there.
    """
    if not path.exists():
        raise UnreadableArchive(str(path), _("ce chemin n’existe pas"))
    with readable(str(path)):
        source = _source(path, rank, expected)
        if not source.names():
            raise NotAnArchive(str(path), expected)
    return source


@contextmanager
def readable(place: str) -> Iterator[None]:
    """Turn whatever unpacking and reading may raise into one sentence about `place`."""
    try:
        yield
    except (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile, lzma.LZMAError, zlib.error) as error:
        raise UnreadableArchive(place, str(error) or type(error).__name__) from error


def _source(path: Path, rank: Rank, expected: str) -> Source:
    if path.is_dir():
        folder = Folder(path, rank)
        if folder.names():
            return folder
        inside = sorted(child for child in path.iterdir() if child.name.lower().endswith(SUFFIXES))
        if len(inside) == 1:
            return _source(inside[0], rank, expected)
        raise NotAnArchive(str(path), expected)
    name = path.name.lower()
    if name.endswith(".7z"):
        return _seven_zip(path, rank)
    if name.endswith(".zip"):
        return Zip(path, rank)
    if name.endswith(SUFFIXES):
        return Tar(path, rank)
    raise UnreadableArchive(
        str(path), _("ce n’est ni un dossier, ni une archive %(suffixes)s") % {"suffixes": " ".join(SUFFIXES)}
    )


def _seven_zip(path: Path, rank: Rank) -> Source:
    # Loaded when it is needed: it brings seven formats of compression with it.
    try:
        from .seven_zip import SevenZip
    except ImportError as error:
        raise UnreadableArchive(
            str(path), _("les archives .7z demandent le paquet py7zr ; dépliez-la, ou installez-le")
        ) from error
    return SevenZip(path, rank)


class Folder:
    """Files in a folder and below it, read in order."""

    ordered = True

    def __init__(self, path: Path, rank: Rank) -> None:
        self.name = path.resolve().name
        self._path = path
        ranked = [
            (place, inside, file)
            for file in path.rglob("*")
            if file.is_file() and (place := rank(inside := file.relative_to(path).as_posix())) is not None
        ]
        self._files = sorted(ranked, key=lambda entry: entry[:2])
        if self._files:
            self.name = self._files[0][2].resolve().parent.name
        self.total = sum(file.stat().st_size for _place, _inside, file in self._files)
        self._before = 0
        self._open: BinaryIO | None = None

    @property
    def position(self) -> int:
        return self._before + (self._open.tell() if self._open and not self._open.closed else 0)

    def names(self) -> list[str]:
        return [inside for _place, inside, _file in self._files]

    def files(self) -> Iterator[tuple[str, BinaryIO]]:
        for _place, inside, file in self._files:
            with file.open("rb") as stream:
                self._open = stream
                yield inside, stream
                self._before += file.stat().st_size
                self._open = None


class Tar:
    """Members of a tar, in its own order: one pass, nothing is unpacked twice."""

    ordered = False

    def __init__(self, path: Path, rank: Rank) -> None:
        self.name = stem(path)
        self._path, self._rank = path, rank
        self.total = path.stat().st_size
        self._raw: BinaryIO | None = None

    @property
    def position(self) -> int:
        return self._raw.tell() if self._raw and not self._raw.closed else 0

    def names(self) -> list[str]:
        with tarfile.open(self._path, "r:*") as tar:
            first = next(
                (member.name for member in tar if member.isfile() and self._wants(member.name)), None
            )
        if first is None:
            return []
        self.name = PurePosixPath(first).parent.name or self.name
        return [first]

    def files(self) -> Iterator[tuple[str, BinaryIO]]:
        with self._path.open("rb") as raw, tarfile.open(fileobj=raw, mode="r|*") as tar:
            self._raw = raw
            for member in tar:
                if member.isfile() and self._wants(member.name):
                    yield member.name, cast("BinaryIO", tar.extractfile(member))

    def _wants(self, name: str) -> bool:
        return self._rank(name) is not None


class Zip:
    """Members of a zip, read in order."""

    ordered = True

    def __init__(self, path: Path, rank: Rank) -> None:
        self.name = stem(path)
        self._path = path
        with zipfile.ZipFile(path) as archive:
            ranked = [
                (place, info.filename, info.file_size)
                for info in archive.infolist()
                if not info.is_dir() and (place := rank(info.filename)) is not None
            ]
        self._files = sorted(ranked)
        if self._files:
            self.name = PurePosixPath(self._files[0][1]).parent.name or self.name
        self.total = sum(size for _place, _name, size in self._files)
        self.position = 0

    def names(self) -> list[str]:
        return [name for _place, name, _size in self._files]

    def files(self) -> Iterator[tuple[str, BinaryIO]]:
        with zipfile.ZipFile(self._path) as archive:
            for _place, name, size in self._files:
                with archive.open(name) as stream:
                    yield name, cast("BinaryIO", stream)
                self.position += size
