"""What cannot be restored is refused in one sentence, and nothing is touched."""

import json
import shutil
import signal
import subprocess
import time
import zipfile
from hashlib import sha256

import pytest

from tests.backup.conftest import PROGRAM

pytestmark = pytest.mark.walk  # an archive is read before anything is asked of a server


def refused(done, *words):
    assert done.returncode == 1, done.stdout + done.stderr
    said = done.stderr.strip().splitlines()[-1].replace("\u202f", " ").replace("\u00a0", " ")
    for word in words:
        assert word in said
    assert "Traceback" not in done.stderr


def is_untouched(place):
    return place.rows() == {} and place.files() == {}


def changed(archive, path, change):
    """A copy of the archive whose manifest says something else, with its seal."""
    with zipfile.ZipFile(archive) as before, zipfile.ZipFile(path, "w") as after:
        said = json.loads(before.read("manifest.json"))
        change(said)
        for name in before.namelist():
            if not name.startswith("manifest"):
                after.writestr(name, before.read(name))
        text = json.dumps(said)
        after.writestr("manifest.json", text)
        after.writestr("manifest.sha256", sha256(text.encode()).hexdigest())
    return path


@pytest.fixture(scope="module")
def place(anew):
    """Nothing must ever come into it."""
    return anew()


@pytest.mark.parametrize("share", [0.2, 0.999])
def test_a_truncated_archive(archive, place, tmp_path, share):
    half = tmp_path / "half.zip"
    content = archive.read_bytes()
    half.write_bytes(content[: int(len(content) * share)])
    refused(place.passeur("restore", half, "--no-erasures"), "il lui manque la fin")
    assert is_untouched(place)


@pytest.mark.parametrize("part", ["database.dump", "data/secret-key"])
def test_a_damaged_archive(archive, place, tmp_path, part):
    broken = tmp_path / "broken.zip"
    shutil.copy(archive, broken)
    with zipfile.ZipFile(archive) as content:
        at = content.getinfo(part).header_offset + 30 + len(part) + 20 + 4
    with broken.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1]))
    refused(place.passeur("restore", broken, "--no-erasures"), "abîmée", part)
    assert is_untouched(place)


def test_something_else_than_an_archive(place, tmp_path):
    (tmp_path / "letter.txt").write_text("Bonjour")
    refused(place.passeur("restore", tmp_path / "letter.txt", "--no-erasures"), "n’est pas une sauvegarde")


def test_a_newer_one(archive, place, tmp_path):
    newer = changed(archive, tmp_path / "n.zip", lambda said: said["migrations"].append("skills.0999_more"))
    refused(place.passeur("restore", newer, "--no-erasures"), "plus récent", "skills.0999_more")
    other = changed(archive, tmp_path / "f.zip", lambda said: said.update(format=2))
    refused(place.passeur("restore", other, "--no-erasures"), "plus récent")
    assert is_untouched(place)


def test_one_whose_tables_do_not_have_the_rows_that_it_says(archive, place, tmp_path):
    def lie(said):
        said["tables"]["accounts_member"] += 1

    refused(
        place.passeur("restore", changed(archive, tmp_path / "l.zip", lie), "--no-erasures"),
        "La table accounts_member a",
        "rien n’en reste",
    )
    assert is_untouched(place)
    assert not (place.folder / "restoring").exists()


def test_where_something_is_already(lived_in, archive, anew):
    before = lived_in.rows()
    refused(lived_in.passeur("restore", archive), "déjà quelque chose ici")
    files_only = anew()
    (files_only.folder / "files" / "ab" / "cd").mkdir(parents=True)
    (files_only.folder / "files" / "ab" / "cd" / "abcd").write_text("kept")
    refused(files_only.passeur("restore", archive), "déjà quelque chose ici")
    assert lived_in.rows() == before
    assert list(files_only.files()) == ["files/ab/cd/abcd"]


def test_without_the_secret_key_it_was_made_with(archive, lived_in, anew, tmp_path):
    kept_elsewhere = {"SECRET_KEY": (lived_in.folder / "secret-key").read_text()}
    other = {"SECRET_KEY": "another key, long enough to pass for one, of which nobody knows"}
    place = anew()
    refused(place.passeur("restore", archive, **other), "SECRET_KEY", "--other-key")
    assert is_untouched(place)
    assert place.passeur("restore", archive, **kept_elsewhere).returncode == 0
    without = anew()
    assert without.passeur("restore", archive, "--other-key", **other).returncode == 0


def test_without_knowing_who_was_erased_since(archive, place, tmp_path):
    alone = tmp_path / archive.name
    shutil.copy(archive, alone)
    refused(place.passeur("restore", alone), "--erasures", "--no-erasures")
    ledger = tmp_path / "odd.jsonl"
    ledger.write_text('{"member": 3}\n')
    refused(place.passeur("restore", alone, "--erasures", ledger), "illisible")
    assert is_untouched(place)


def test_one_that_was_interrupted_leaves_nothing_to_serve_and_begins_again(archive, anew, lived_in):
    place = anew()
    running = subprocess.Popen(
        [*PROGRAM, "restore", str(archive)], env=place.environment(), stderr=subprocess.DEVNULL
    )
    while not (place.folder / "restoring").exists():
        assert running.poll() is None
        time.sleep(0.005)
    running.send_signal(signal.SIGKILL)
    running.wait()
    refused(place.passeur("serve", "--port", "9"), "s’est arrêtée en chemin")
    assert place.passeur("restore", archive).returncode == 0
    assert place.rows() == lived_in.rows()
