"""An index that gives the conversations with some words among those that lived last, without looking at the others.

It finds words alone as well as the index that it takes the place of, so that the version before does not miss
that one. All is done while the product serves: weeks are written some thousands at a time, and a document that
somebody else is writing is left alone; it stays without a week, and is always looked at.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

from ..models.search import Spans

_SOME = 5_000
_WEEKS = """
update conversations_searchdocument d
set week = floor(extract(epoch from c.last_activity_at) / 604800)::int
from conversations_conversation c
where c.id = d.conversation_id and d.conversation_id in (
    select conversation_id from conversations_searchdocument
    where conversation_id > %s and conversation_id <= %s and week = 0
    order by conversation_id for update skip locked
)
"""


def write_weeks(apps: Any, editor: Any) -> None:
    with editor.connection.cursor() as cursor:
        cursor.execute("select coalesce(max(conversation_id), 0) from conversations_searchdocument")
        (last,) = cursor.fetchone()
        for start in range(0, last, _SOME):
            cursor.execute(_WEEKS, [start, start + _SOME])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("conversations", "0006_state_counts")]
    operations = [
        migrations.AddField("searchdocument", "week", models.IntegerField(db_default=0, default=0)),
        migrations.RunPython(write_weeks, migrations.RunPython.noop),
        AddIndexConcurrently(
            "searchdocument",
            GinIndex("words", Spans("week"), name="search_weeks", gin_pending_list_limit=512),
        ),
        RemoveIndexConcurrently("searchdocument", "search_words"),
    ]
