"""From the first version that landed to this one: nothing lost, the old one goes on meanwhile, and back."""

import pytest

from tests.upgrades.conftest import read

pytestmark = pytest.mark.long

CANNOT_GO_BACK: dict[str, str] = {}
"""Migrations that cannot be taken back, as app.name, and why."""

NO_ROOM = ("django_", "auth_permission", "procrastinate")
"""How the tables begin that belong to no room: they change by themselves."""

SHAPE = """
    SELECT table_name, column_name, data_type, is_nullable, character_maximum_length
    FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2
"""
INDEXES = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
CONSTRAINTS = """
    SELECT conrelid::regclass::text, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'u', 'p')
    ORDER BY 1, 2
"""
# The first version's own history of migrations, by room: where going back leads.
HISTORY = "SELECT app, max(name) FROM django_migrations WHERE app <> 'procrastinate' GROUP BY app"

A_WALK = """
from django.conf import settings
from django.test import Client
from django.urls import reverse
from passeur.accounts.models import Member
from passeur.conversations.models import Conversation
some = Conversation.objects.order_by("pk").values_list("pk", flat=True)[:5]
pages = ["/", "/healthz", *(reverse("conversations:detail", args=[pk]) for pk in some)]
for name in ("naima-ferrand", "karim-haddad"):
    client = Client(headers={"host": "localhost"})
    client.force_login(Member.objects.get(handle=name), backend=settings.AUTHENTICATION_BACKENDS[0])
    for page in pages:
        print(name, page, client.get(page, follow=True).status_code)
"""


# In one plan: by a command for each room, all that was ever done is gone through anew for each.
BACK = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
rooms = sorted({room for room, _name in executor.loader.applied_migrations} - {"procrastinate"})
executor.migrate([(room, history.get(room)) for room in rooms])
"""


@pytest.mark.server
def test_what_the_first_version_held_is_all_there_and_its_waiting_work_is_done(first, now):
    before = first.counts()
    waiting = first.rows("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")[0][0]
    assert before["conversations_conversation"] > 0
    assert waiting > 0

    after = now.counts()
    lost = {name: (count, after.get(name)) for name, count in before.items() if after.get(name, -1) < count}
    assert not {name: change for name, change in lost.items() if not name.startswith(NO_ROOM)}

    worked = now.passeur("worker", "--until-empty")
    assert worked.returncode == 0, worked.stderr
    left = now.rows(
        "SELECT task_name, status FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed')"
    )
    assert left == []
    walked = now.python(A_WALK)
    assert walked.returncode == 0, walked.stderr
    assert [line for line in walked.stdout.splitlines() if not line.endswith(" 200")] == []
    assert len(walked.stdout.splitlines()) == 14


def test_the_first_version_can_go_on_writing_once_the_tables_are_of_this_one(first, now):
    """Every row it wrote, in its own words: `INSERT` with the columns that it knew, and no others."""
    held = first.counts()
    rooms = [name for name in held if not name.startswith(NO_ROOM)]
    tables = ", ".join(f'"{name}"' for name in rooms)
    now.change(f"TRUNCATE {tables} CASCADE")
    now.load("data", only_rooms=True)
    again = now.counts()
    assert {name: again[name] for name in rooms} == {name: held[name] for name in rooms}


def test_every_migration_can_be_taken_back(first, now):
    shape = [first.rows(query) for query in (SHAPE, INDEXES, CONSTRAINTS)]
    counts = first.counts()
    history = dict(first.rows(HISTORY))
    assert [now.rows(query) for query in (SHAPE, INDEXES, CONSTRAINTS)] != shape
    back = now.python(f"history = {history!r}\n{BACK}")
    assert back.returncode == 0, back.stderr
    assert not CANNOT_GO_BACK
    assert dict(now.rows(HISTORY)) == history
    assert [now.rows(query) for query in (SHAPE, INDEXES, CONSTRAINTS)] == shape
    rooms = [name for name in counts if not name.startswith(NO_ROOM)]
    assert {name: now.counts()[name] for name in rooms} == {name: counts[name] for name in rooms}


def test_the_first_version_is_kept_as_it_was():
    assert "CREATE TABLE public.conversations_conversation" in read("schema")
    assert "orvelle.example" in read("data")
