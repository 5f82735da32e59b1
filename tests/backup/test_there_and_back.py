"""A backup restored into an empty place is the same Passeur, row by row and file by file."""

import json
import stat
import zipfile

import pytest

from tests.upgrades.conftest import read


def test_every_row_and_every_file_comes_back(lived_in, archive, anew):
    place = anew()
    before = lived_in.rows()
    assert sum(count for count, _ in before.values()) > 100
    done = place.passeur("restore", archive)
    assert done.returncode == 0, done.stderr
    assert place.rows() == before
    assert place.files() == lived_in.files()
    assert stat.S_IMODE((place.folder / "secret-key").stat().st_mode) == 0o600
    assert not (place.folder / "restoring").exists()
    assert place.passeur("doctor").stdout.count("✓ Tables à jour") == 1


def test_the_archive_is_for_its_owner_and_says_what_is_in_it(lived_in, archive):
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    with zipfile.ZipFile(archive) as content:
        said = json.loads(content.read("manifest.json"))
        assert set(content.namelist()) == {*said["parts"], "manifest.json", "manifest.sha256"}
    assert said["tables"] == {name: count for name, (count, _hash) in lived_in.rows().items()}
    assert "accounts.0001_initial" in said["migrations"]
    assert "data/secret-key" in said["parts"]
    key = (lived_in.folder / "secret-key").read_text()
    assert key not in json.dumps(said)


@pytest.mark.walk
def test_a_backup_of_the_first_version_comes_up_to_date(anew):
    old, place = anew(), anew()
    for name in ("schema", "data"):
        old.ask(read(name))
    old.python("")  # a data folder with its key
    done = old.passeur("backup", old.folder.parent / "old.zip")
    assert done.returncode == 0, done.stderr
    before = {name: count for name, (count, _hash) in old.rows().items()}
    restored = place.passeur("restore", old.folder.parent / "old.zip", "--no-erasures")
    assert restored.returncode == 0, restored.stderr
    assert "migrations faites" in restored.stdout
    assert "rien à faire" in place.passeur("migrate").stdout.replace("\u202f", " ")
    after = {name: count for name, (count, _hash) in place.rows().items()}
    rooms = [name for name in before if not name.startswith(("django_", "auth_permission", "procrastinate"))]
    assert {name: after[name] for name in rooms} == {name: before[name] for name in rooms}


def test_all_that_lies_in_the_data_folder_is_kept_or_made_again(lived_in):
    from passeur.project.backup import folder

    lived_in.passeur("backup", lived_in.folder.parent)
    found = {path.name for path in lived_in.folder.iterdir()}
    assert found - folder.KEPT - set(folder.MADE_AGAIN) == set()
    assert {"files", "secret-key"} <= found


def test_the_doctor_says_when_the_last_backup_was_made_or_that_there_is_none(lived_in, archive, anew):
    empty = anew(tables=True)
    assert "Aucune sauvegarde" in empty.passeur("doctor").stdout
    assert "Dernière sauvegarde" in lived_in.passeur("doctor").stdout
