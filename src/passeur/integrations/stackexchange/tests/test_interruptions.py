import pytest

from passeur.channels.errors import ImportUnderWay
from passeur.conversations.services import imports
from passeur.conversations.services.imports import loading
from passeur.conversations.services.imports.writing import Writer
from passeur.integrations.stackexchange import StackExchangeDump, rows
from passeur.integrations.tests.models import Contribution, Conversation, Identity, ImportRun

from . import dumps
from .importing import SITE, bring_in, fingerprint, story

pytestmark = pytest.mark.django_db


class Interrupted(StackExchangeDump):
    """Somebody presses Ctrl-C when so many lists were read."""

    after = 3

    def records(self):
        for number, records in enumerate(super().records()):
            if number == self.after:
                raise KeyboardInterrupt
            yield records


@pytest.fixture
def folder(tmp_path):
    return dumps.write(tmp_path / "bread")


def in_parts(monkeypatch):
    monkeypatch.setattr(loading, "PART", 1)
    monkeypatch.setattr(loading, "PART_BYTES", 1)


@pytest.mark.parametrize("after", range(1, 9))
def test_stopped_while_reading_nothing_stays_and_the_next_run_brings_all(folder, after):
    archive = Interrupted(folder, site=SITE)
    archive.after = after
    with pytest.raises(KeyboardInterrupt):
        imports.load(archive, community=imports.community_for(archive))
    assert not Conversation.objects.exists()
    assert ImportRun.objects.get().state == ImportRun.State.INTERRUPTED
    bring_in(folder)
    assert Contribution.objects.count() == 6
    assert ImportRun.objects.latest("pk").state == ImportRun.State.FINISHED


def test_a_large_dump_in_parts_is_the_same_as_in_one(folder, monkeypatch):
    bring_in(folder)
    whole = story()
    Conversation.objects.all().delete()
    in_parts(monkeypatch)
    bring_in(folder)
    assert story() == whole
    before = fingerprint()
    assert not bring_in(folder).changed
    assert fingerprint() == before


@pytest.mark.parametrize("at_most", [1, 3])
def test_written_in_instalments_is_the_same_as_at_once(folder, monkeypatch, at_most):
    bring_in(folder)
    whole = story()
    Conversation.objects.all().delete()
    Identity.objects.all().delete()
    monkeypatch.setattr(Writer, "ENOUGH", at_most)
    monkeypatch.setattr(rows, "BLOCK", 600)
    bring_in(folder)
    assert story() == whole


def test_stopped_between_parts_whole_threads_stay_and_the_next_run_brings_the_rest(folder, monkeypatch):
    in_parts(monkeypatch)
    write_part = Writer.write_part

    def stop_at_the_second(self, part):
        if part == 1:
            raise KeyboardInterrupt
        write_part(self, part)

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "write_part", stop_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            bring_in(folder)
    there = Conversation.objects.get()
    assert there.external_id == "10"
    assert there.contributions.count() == 5
    assert there.accepted_answer is not None
    bring_in(folder)
    assert Contribution.objects.count() == 6
    assert there.contributions.count() == 5


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_place_do_not_run_together(folder):
    import threading

    from django.db import connection

    archive = StackExchangeDump(folder, site=SITE)
    community = imports.community_for(archive)
    raised: list[Exception] = []

    def other() -> None:
        try:
            imports.load(StackExchangeDump(folder, site=SITE), community=community)
        except ImportUnderWay as error:
            raised.append(error)
        finally:
            connection.close()

    class Meeting(StackExchangeDump):
        def records(self):
            thread = threading.Thread(target=other)
            thread.start()
            thread.join()
            yield from super().records()

    imports.load(Meeting(folder, site=SITE), community=community)
    assert len(raised) == 1
    assert Contribution.objects.count() == 6
