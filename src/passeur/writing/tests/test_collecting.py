"""Files that nothing needs go at night, and no others."""

import datetime as dt
import os

import pytest
from django.utils import timezone

from passeur.accounts.tests.factories import MemberFactory
from passeur.writing import services
from passeur.writing.adapters import disk
from passeur.writing.models import Attachment, Blob

from .factories import DraftFactory, stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei():
    return MemberFactory.create()


def age(attachment, days=3):
    Attachment.objects.filter(pk=attachment.pk).exclude(loose_since=None).update(
        loose_since=timezone.now() - dt.timedelta(days=days)
    )


def is_there(attachment) -> bool:
    there = Attachment.objects.filter(pk=attachment.pk).exists()
    assert disk.place_of(attachment.blob.sha256).exists() is there
    return there


def test_a_file_that_was_never_published_goes_after_its_grace(mei):
    photo = stored(mei)
    services.collect_files()
    assert is_there(photo)
    age(photo)
    services.collect_files()
    assert not is_there(photo)
    assert not Blob.objects.exists()


def test_it_stays_while_a_draft_speaks_of_it(mei):
    photo = stored(mei)
    draft = DraftFactory.create(member=mei, fields={"body": [services.markdown_of(photo)]})
    age(photo)
    services.collect_files()
    assert is_there(photo)
    draft.delete()
    services.collect_files()
    assert not is_there(photo)


def test_what_a_text_or_an_earlier_version_of_it_shows_stays_until_that_version_is_erased(mei, wall):
    photo = stored(mei)
    shown = services.markdown_of(photo)
    wall.said[1] = ["Sans image.", shown]
    services.hang(kind=wall.kind, object_id=1, texts=wall.said[1], by=mei)
    age(photo)
    services.collect_files()
    assert is_there(photo)
    wall.said[1] = ["Sans image."]
    services.collect_files()
    assert is_there(photo), "its grace begins when the last version that shows it is gone"
    age(photo)
    services.collect_files()
    assert not is_there(photo)


def test_a_text_that_is_gone_holds_nothing(mei, wall):
    photo = stored(mei)
    wall.said[1] = [services.markdown_of(photo)]
    services.hang(kind=wall.kind, object_id=1, texts=wall.said[1], by=mei)
    del wall.said[1]
    services.collect_files()
    age(photo)
    services.collect_files()
    assert not is_there(photo)


def test_the_same_bytes_stay_for_whoever_else_brought_them(mei):
    mine, other = stored(mei, b"pareil", "un.txt"), stored(MemberFactory.create(), b"pareil", "deux.txt")
    age(mine)
    services.collect_files()
    assert not Attachment.objects.filter(pk=mine.pk).exists()
    assert is_there(other)


def test_what_an_upload_that_died_left_on_the_disk_goes(mei, folder):
    left = folder / "ab" / "cd" / "abcd.half"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"x")
    services.collect_files()
    assert left.exists()
    os.utime(left, (1, 1))
    services.collect_files()
    assert not left.exists()
