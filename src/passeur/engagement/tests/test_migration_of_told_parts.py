"""The migration that keeps which values are told: of a past that is decided of already, there and back."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from ..models import ResponseWeek, ToldBlock, ToldPart
from ..services import deciding
from .all_exchanges import LATER
from .office import Office

BEFORE, AFTER = "0017_usefulness_of_texts", "0018_told_parts"
TABLE = "engagement_toldpart"
IN_THE_WORDS_OF_ANOTHER = """
INSERT INTO engagement_toldpart
       (community, begun, smallest, blocks, asking, others, lengths, days, hours, channels, bits)
VALUES (1, '2026-04-20', 5, 6, '{}', '{}', '{}', '{}', '{}', '{}', '') RETURNING is_changed
"""


def migrate(name):
    """Of this room alone, within the transaction of the test."""
    MigrationExecutor(connection).migrate([("engagement", name)])
    return TABLE in connection.introspection.table_names()


def kept():
    """What stood there before it, all rows of it."""
    return [list(model.objects.order_by("pk").values()) for model in (ToldBlock, ResponseWeek)]


def decided():
    return list(ToldPart.objects.order_by("pk").values())


@pytest.mark.django_db
def test_a_past_decided_of_by_blocks_is_as_it_was_and_its_parts_are_decided_once_there_and_back():
    Office(5)
    deciding.decide(LATER)
    blocks, parts = kept(), decided()
    assert all(blocks)
    assert parts

    assert not migrate(BEFORE)
    assert kept() == blocks

    assert migrate(AFTER)
    assert kept() == blocks
    assert decided() == []
    deciding.decide(LATER)  # the first run after an upgrade: of blocks there is nothing left to decide
    assert kept() == blocks
    assert decided() == parts

    assert not migrate(BEFORE)
    assert kept() == blocks
    assert migrate(AFTER)


@pytest.mark.django_db
def test_a_part_is_there_once_for_each_reader_and_unchanged_unless_somebody_says_so():
    migrate(BEFORE)
    migrate(AFTER)
    with connection.cursor() as cursor:
        cursor.execute(IN_THE_WORDS_OF_ANOTHER)
        assert cursor.fetchone() == (False,)
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(IN_THE_WORDS_OF_ANOTHER)
