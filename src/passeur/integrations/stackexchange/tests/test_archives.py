import io
import sys
import tarfile
import tracemalloc
import zipfile

import py7zr
import pytest

from passeur.channels.errors import UnreadableArchive
from passeur.integrations.stackexchange import StackExchangeDump

from . import dumps
from .importing import SITE


def records(path):
    return sorted(
        repr(record) for records in StackExchangeDump(path, site=SITE).records() for record in records
    )


@pytest.fixture
def folder(tmp_path):
    # All people of it wrote: of the others an archive in another order tells the database.
    return dumps.write(tmp_path / "bread.example.com", Users=dumps.without(dumps.USERS, "-1"))


def pack(folder, suffix):
    file = folder.parent / f"bread.example.com{suffix}"
    if suffix == ".zip":
        with zipfile.ZipFile(file, "w") as archive:
            for path in folder.iterdir():
                archive.write(path, path.name)
    elif suffix == ".7z":
        with py7zr.SevenZipFile(file, "w") as archive:
            for path in folder.iterdir():
                archive.write(path, path.name)
    else:
        with tarfile.open(file, "w:xz" if suffix == ".tar.xz" else "w:gz") as archive:
            archive.add(folder, folder.name)
    return file


@pytest.mark.parametrize("suffix", [".tar.xz", ".tar.gz", ".zip", ".7z"])
def test_an_archive_says_the_same_as_its_folder(folder, suffix):
    assert records(pack(folder, suffix)) == records(folder)


@pytest.mark.parametrize("suffix", [".tar.xz", ".zip", ".7z"])
def test_the_site_is_named_by_the_archive(folder, suffix):
    assert StackExchangeDump(pack(folder, suffix)).address == "bread.example.com"


def test_a_folder_around_an_archive_stands_for_it(folder):
    file = pack(folder, ".tar.xz")
    around = folder.parent / "shared"
    around.mkdir()
    file.rename(around / file.name)
    assert StackExchangeDump(around).community_slug == "stackexchange-bread-example"


def test_a_reader_that_stops_early_does_not_wait_for_the_rest_of_a_7z(folder):
    reading = StackExchangeDump(pack(folder, ".7z"), site=SITE).records()
    next(reading)
    del reading


class Endless(io.RawIOBase):
    """A Votes.xml of so many rows, made as it is read."""

    def __init__(self, rows):
        self._lines = (
            f'<row Id="{n}" PostId="{n % 99}" VoteTypeId="2" CreationDate="2020-02-02T00:00:00" />\n'.encode()
            for n in range(rows)
        )
        self._rest = b"<votes>\n"
        self._ended = False

    def readable(self):
        return True

    def readinto(self, buffer):
        while len(self._rest) < len(buffer) and not self._ended:
            line = next(self._lines, None)
            self._ended = line is None
            self._rest += line if line is not None else b"</votes>"
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def peak(rows, monkeypatch):
    dump = StackExchangeDump.__new__(StackExchangeDump)
    dump.address, dump.left_out = SITE, {}
    from passeur.channels.protocols import Problems

    dump.problems = Problems()

    class Source:
        name, ordered = "endless", True

        def files(self):
            yield "Votes.xml", io.BufferedReader(Endless(rows), 1 << 18)

    monkeypatch.setattr(dump, "_source", Source(), raising=False)
    tracemalloc.start()
    count = sum(len(records) for records in dump.records())
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == rows
    return highest


def test_memory_does_not_grow_with_the_dump(monkeypatch):
    assert peak(60_000, monkeypatch) < peak(15_000, monkeypatch) * 1.3


def test_without_the_package_that_reads_it_a_7z_is_refused_in_words(folder, monkeypatch):
    file = pack(folder, ".7z")
    monkeypatch.setitem(sys.modules, "passeur.channels.services.seven_zip", None)
    with pytest.raises(UnreadableArchive, match="py7zr"):
        StackExchangeDump(file)
