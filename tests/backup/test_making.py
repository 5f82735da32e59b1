"""Making a backup: whole or not at all, beside those that are there."""

import os
import signal
import subprocess
import time
from contextlib import contextmanager

import pytest

from tests.backup.conftest import PROGRAM
from tests.backup.test_refusals import refused


def test_a_name_that_is_taken_and_a_folder_that_is_not_there(lived_in, tmp_path):
    (tmp_path / "taken.zip").write_text("something")
    refused(lived_in.passeur("backup", tmp_path / "taken.zip"), "existe déjà")
    assert (tmp_path / "taken.zip").read_text() == "something"
    refused(lived_in.passeur("backup", tmp_path / "nowhere" / "b.zip"), "n’existe pas")


def test_the_newest_are_kept_and_nothing_else_is_removed(lived_in, tmp_path):
    for day in ("01", "02", "03"):
        (tmp_path / f"passeur-202601{day}T030000Z.zip").write_text(day)
    for name in ("passeur-before-the-move.zip", "other-20260101T030000Z.zip"):
        (tmp_path / name).write_text("of somebody else")
    done = lived_in.passeur("backup", tmp_path, "--keep", 2)
    assert done.returncode == 0, done.stderr
    left = {path.name for path in tmp_path.glob("*.zip")}
    assert "passeur-20260103T030000Z.zip" in left
    assert "passeur-20260102T030000Z.zip" not in left
    assert {"passeur-before-the-move.zip", "other-20260101T030000Z.zip"} <= left
    assert len(left) == 4
    assert lived_in.passeur("backup", tmp_path / "one.zip", "--keep", 2).returncode == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_one_that_is_interrupted_leaves_nothing(lived_in, tmp_path, number):
    with lived_locked(lived_in):  # it counts, and waits: something is surely under way
        running = subprocess.Popen(
            [*PROGRAM, "backup", str(tmp_path)],
            env=lived_in.environment(), stderr=subprocess.PIPE, text=True,
            preexec_fn=hear_interruptions,
        )  # fmt: skip
        while not list(tmp_path.iterdir()):
            assert running.poll() is None
            time.sleep(0.01)
        time.sleep(0.3)
        running.send_signal(number)
        said = running.communicate(timeout=180)[1]
    left = [path.name for path in tmp_path.iterdir()]
    if number == signal.SIGKILL:
        assert [name.endswith(".half") for name in left] == [True]
        assert lived_in.passeur("backup", tmp_path).returncode == 0
        assert not list(tmp_path.glob(".*"))
    else:
        assert left == []
        assert "Traceback" not in said


def hear_interruptions():
    """Whoever runs the tests in the background made them deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def lived_locked(place):
    import psycopg

    with psycopg.connect(place.url) as other:
        other.execute("LOCK TABLE accounts_member IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_is_said_in_one_sentence_and_nothing_stays(lived_in, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)], check=False)
    if mounted.returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        refused(lived_in.passeur("backup", small), f"Le disque de {small} est plein")
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", str(small)], check=True)
