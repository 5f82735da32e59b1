"""Who was erased after a backup was made does not come back with it."""

import json
import shutil

import pytest

pytestmark = pytest.mark.walk

ERASE = """
from passeur.accounts import services
from passeur.accounts.models import Member
gone = Member.objects.get(email="zenobie@orvelle.example")
services.erase(member=gone, by=gone)
print(gone.pk)
"""
NAMED = "SELECT count(*) FROM accounts_member WHERE name LIKE 'Zénobie%' OR email LIKE 'zenobie%'"


def someone_is_erased(place) -> int:
    pk = int(place.python(ERASE))
    assert place.passeur("worker", "--until-empty").returncode == 0
    return pk


def test_an_erased_person_stays_erased_when_the_database_and_its_folder_are_lost(
    archive, anew, lived_in, tmp_path
):
    place, shelf = anew(), tmp_path / "shelf"
    shelf.mkdir()
    shutil.copy(archive, shelf / "before.zip")
    assert place.passeur("restore", archive).returncode == 0
    assert place.ask(NAMED) == [(1,)]
    pk = someone_is_erased(place)
    ledger = place.folder / "passeur-erasures.jsonl"
    assert [json.loads(line)["member"] for line in ledger.read_text().splitlines()] == [pk]
    assert "zenobie" not in ledger.read_text().lower()
    # Every later backup leaves the ledger beside the earlier ones.
    assert place.passeur("backup", shelf).returncode == 0
    assert (shelf / "passeur-erasures.jsonl").read_text() == ledger.read_text()

    again = anew()
    done = again.passeur("restore", shelf / "before.zip")
    assert done.returncode == 0, done.stderr
    assert "Effacés à nouveau : 1." in done.stdout.replace("\u202f", " ").replace("\u00a0", " ")
    assert len(lived_in.traces("quillevere")) > 4
    # Before anything is served: in the search too.
    assert again.traces("quillevere") == []
    assert again.ask("SELECT member_id FROM accounts_erasure WHERE done_at IS NOT NULL") == [(pk,)]
    # Its own ledger goes on from there.
    assert (again.folder / "passeur-erasures.jsonl").read_text() == ledger.read_text()


def test_the_ledger_of_the_data_folder_is_enough_when_only_the_database_is_lost(archive, anew):
    place, again = anew(), anew()
    assert place.passeur("restore", archive).returncode == 0
    someone_is_erased(place)
    shutil.copy(place.folder / "passeur-erasures.jsonl", again.folder)
    assert again.passeur("restore", archive).returncode == 0
    assert again.ask(NAMED) == [(0,)]


def test_a_key_that_is_somebody_elses_by_now_erases_nobody(archive, anew, lived_in, tmp_path):
    [(pk,)] = lived_in.ask("SELECT id FROM accounts_member WHERE email LIKE 'zenobie%'")
    ledger = tmp_path / "other.jsonl"
    at = "2026-01-01T00:00:00+00:00"
    ledger.write_text(json.dumps({"member": pk, "joined_at": at, "at": at}) + "\n")
    place = anew()
    assert place.passeur("restore", archive, "--erasures", ledger).returncode == 0
    assert place.ask(NAMED) == [(1,)]
