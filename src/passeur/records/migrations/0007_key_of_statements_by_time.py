"""The key of a statement begins with when it was stored, so that new rows come at its end: decision 73.

Each month's index is made while statements come in; then the keys change hands in one short transaction.
"""

from typing import Any

from django.db import migrations, models, transaction

TABLE = "records_statement"
MONTHS = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass ORDER BY 1"
SPREAD = "SELECT to_regclass('pg_dist_partition') IS NOT NULL"
BY_TIME, BY_ID = "stored, id", "id, stored"


def by_time(apps: Any, editor: Any) -> None:
    change(editor.connection, BY_TIME)


def by_id(apps: Any, editor: Any) -> None:
    change(editor.connection, BY_ID)


def change(connection: Any, columns: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SPREAD)
        # Citus gives no key from an index that is there: on several machines the key is made at once.
        (is_spread,) = cursor.fetchone()
        cursor.execute(MONTHS, [TABLE])
        months = [] if is_spread else [month for (month,) in cursor.fetchall()]
        for month in months:
            # One that was left half made, by an upgrade that was interrupted, is made again.
            cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {month}_key")
            cursor.execute(f"CREATE UNIQUE INDEX CONCURRENTLY {month}_key ON {month} ({columns})")
        with transaction.atomic(using=connection.alias):
            cursor.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT {TABLE}_pkey")
            for month in months:
                cursor.execute(
                    f"ALTER TABLE {month} ADD CONSTRAINT {month}_pkey PRIMARY KEY USING INDEX {month}_key"
                )
            cursor.execute(f"ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_pkey PRIMARY KEY ({columns})")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("records", "0006_place_of_a_statement")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(by_time, by_id)],
            state_operations=[
                migrations.RemoveField("statement", "pk"),
                migrations.AddField(
                    "statement",
                    "pk",
                    models.CompositePrimaryKey(
                        "stored", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
            ],
        ),
        # What read the index of `stored` reads the key, which begins with it.
        migrations.RemoveIndex("statement", "statement_stored"),
    ]
