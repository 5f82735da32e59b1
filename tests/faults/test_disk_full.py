"""The disk of the database is full: writing says so in one sentence, reading goes on, and nothing is lost."""

import os
import secrets
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from passeur.foundation.postgres import places
from tests.faults.house import House, Server, opened, until

pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk"),
    pytest.mark.long,
]
SIZE = "96m"
A_WHILE = 25  # seconds; workers write a sign of life every ten


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)], check=False)
    if mounted.returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Leave no room: whatever is freed meanwhile is taken too."""
    ballast = disk / "ballast"
    with ballast.open("ab") as file:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    os.write(file.fileno(), bytes(size))
            except OSError:
                continue
    return ballast


@pytest.fixture(scope="module")
def house_and_disk(tmp_path_factory) -> Iterator[tuple[House, Path]]:
    folder = tmp_path_factory.mktemp("house")
    folder.chmod(0o711)  # the server's account crosses it to its disk
    with small_disk(folder / "small") as disk:

        def move(server: Server) -> None:
            owner = places.cluster(server.folder).stat()
            place = disk / "data"
            place.mkdir(mode=0o700)
            os.chown(place, owner.st_uid, owner.st_gid)
            disk.chmod(0o755)
            server.command(f"CREATE TABLESPACE small LOCATION '{place}'")
            server.command(f"ALTER DATABASE {places.DATABASE} SET TABLESPACE small")

        with opened(folder, prepare=move) as house:
            yield house, disk


def test_posting_says_so_reading_goes_on_and_afterwards_nothing_is_lost_or_doubled(house_and_disk):
    house, disk = house_and_disk
    page = f"/conversations/{house.question}/"
    token = house.form_token(page)
    mark = secrets.token_hex(8)
    # Words that do not compress, so that they need room of their own.
    body = "+".join(secrets.token_hex(20) for _ in range(600))
    reply = f"csrfmiddlewaretoken={token}&body={mark}+{body}&next={page}"
    kept = "SELECT count(*) FROM conversations_contribution WHERE body LIKE %s"

    ballast = fill(disk)
    began = time.monotonic()
    status, text = house.post(f"{page}reply/", reply)
    assert status == 503
    assert "Le disque de Passeur est plein" in text
    assert "Traceback" not in text
    assert house.server.ask(kept, f"{mark}%") == [(0,)]
    while time.monotonic() - began < A_WHILE:
        fill(disk)
        assert house.get(page)[0] == 200
        assert house.get("/communities/")[0] == 200
        time.sleep(1)
    assert house.process.poll() is None

    ballast.unlink()
    until(lambda: house.is_answering())
    assert house.post(f"{page}reply/", reply)[0] == 302
    assert house.server.ask(kept, f"{mark}%") == [(1,)]
    until(
        lambda: house.server.ask("SELECT 1 FROM procrastinate_jobs WHERE status IN ('todo', 'doing')") == []
    )
    assert house.server.ask("SELECT 1 FROM procrastinate_jobs WHERE status = 'failed'") == []
    assert house.server.ask(kept, f"{mark}%") == [(1,)]
