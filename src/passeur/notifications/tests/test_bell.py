"""The bell of pages that stay open: told with the notice, to its person alone."""

import json
from itertools import takewhile

import psycopg
import pytest
from django.db import connection, transaction

from passeur.accounts.tests.factories import MemberFactory
from passeur.foundation import live

from .. import services
from ..choices import BELL
from .test_telling import tell

pytestmark = pytest.mark.django_db(transaction=True)


SINCE = "until here"


@pytest.fixture
def heard():
    """What was announced to open pages since, by topic; announcements come in the order of commits."""
    given = connection.get_connection_params()
    kept = {name: value for name, value in given.items() if name not in {"cursor_factory", "context"}}
    with psycopg.connect(**kept, autocommit=True) as line:
        line.execute("LISTEN passeur_live")

        def since() -> list[str]:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_notify('passeur_live', %s)", [json.dumps({"on": SINCE})])
            came = (json.loads(note.payload)["on"] for note in line.notifies(timeout=60))
            return list(takewhile(lambda on: on != SINCE, came))

        yield since


def test_each_person_told_has_their_bell_lit_once(things, anais, heard):
    other = MemberFactory.create()
    services.tell("thing", to=[anais.pk, other.pk], object=1, subject="thing:1")
    assert sorted(heard()) == sorted(f"{BELL}:{one.pk}" for one in (anais, other))
    services.tell("thing", to=[anais.pk, other.pk], object=1, subject="thing:1")
    assert heard() == []


def test_what_is_rolled_back_lights_nothing(things, anais, heard):
    with transaction.atomic():
        tell(anais)
        transaction.set_rollback(True)
    assert heard() == []


def test_seen_in_one_page_it_goes_out_in_the_others(things, anais, heard, client):
    client.force_login(anais)
    tell(anais)
    heard()
    client.get("/me/notifications/")
    assert heard() == [f"{BELL}:{anais.pk}"]
    client.get("/me/notifications/")
    assert heard() == []
    services.seen_all(anais)
    assert heard() == [f"{BELL}:{anais.pk}"]


def test_nobody_follows_the_bell_of_somebody_else(anais):
    other = MemberFactory.create()
    assert live.can_listen(anais.pk, BELL, anais.pk)
    assert not live.can_listen(other.pk, BELL, anais.pk)


def test_the_fragment_says_whether_and_never_how_much(things, anais, client):
    client.force_login(anais)
    assert "dot" not in client.get("/me/notifications/bell/").content.decode()
    for what in (1, 2, 3):
        tell(anais, what=what)
    lit = client.get("/me/notifications/bell/").content.decode()
    assert "dot" in lit
    assert "du nouveau" in lit
    assert "3" not in lit.split("du nouveau")[1]
