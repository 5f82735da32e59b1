"""Pages of figures read what is rolled up by week: no statement, no day, nothing counted by person."""

from copy import deepcopy

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from passeur.conversations.tests.told import together
from passeur.foundation import rereading
from passeur.skills.tests.factories import ThemeFactory

from ..protocols import pages
from .stories import asked, inside, last_weeks, place, themed

pytestmark = pytest.mark.django_db

NEVER = [
    apps.get_model(label)._meta.db_table
    for label in ("records.Statement", "engagement.Tally", "engagement.Tie", "engagement.ResponseDay")
]


@pytest.fixture(scope="module")
def written_once(django_db_setup, django_db_blocker):
    """Written once, in a transaction around those of the tests, which all read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        community, manager, members = place(12)
        theme = ThemeFactory.create(community=community)
        with together():
            for week in range(12):
                for number, member in enumerate(members):
                    one = asked(community, member, inside(last_weeks(), week=week), replied_after=1)
                    if number < 6:
                        themed(one, theme)
        yield community, manager, theme
        transaction.set_rollback(True)


@pytest.fixture
def story(db, written_once):
    rereading.forget()  # what another page left in memory
    return deepcopy(written_once)


def read(client, path):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200
    return answer, [one["sql"] for one in captured]


@pytest.mark.parametrize("slug", sorted(page.slug for page in pages()))
def test_no_page_list_or_file_reads_statements_or_counts_by_person(client, story, slug):
    community, manager, theme = story
    client.force_login(manager)
    whole = f"?community={community.slug}"
    found = []
    for filters in (whole, f"{whole}&theme={theme.slug}", f"{whole}&period=52"):
        answer, statements = read(client, f"/dashboards/{slug}/{filters}")
        found += statements
        for tile, address in (one for _heading, some in answer.context["tiles"] for one in some):
            if address and not tile.is_withheld:
                found += read(client, address)[1]
    found += read(client, f"/dashboards/{slug}/file.csv{whole}")[1]
    assert len(found) > 20
    assert [sql for sql in found if any(f'{table}"' in sql or f"{table} " in sql for table in NEVER)] == []


def test_neither_does_the_report_for_sponsors(client, story):
    community, manager, _theme = story
    client.force_login(manager)
    _answer, found = read(client, f"/communities/{community.slug}/sponsors/report/")
    assert any("engagement_responseweek" in sql for sql in found)
    assert [sql for sql in found if any(table in sql for table in NEVER)] == []
