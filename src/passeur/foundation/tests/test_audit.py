"""The audit log only grows, holds no texts, and is written with what it tells of or not at all."""

import pytest
from django.db import IntegrityError, connection, models, transaction

from passeur.foundation import audit
from passeur.foundation.models import AuditEntry
from passeur.foundation.tests.factories import AuditEntryFactory

pytestmark = pytest.mark.django_db


@audit.acts
class Act(models.TextChoices):
    LIT = "lamp.lit", "Lanterne allumée"


@pytest.fixture
def line() -> AuditEntry:
    return AuditEntryFactory.create(act=Act.LIT, by=3)


def attempts():
    yield "save", lambda line: line.save()
    yield "update", lambda line: AuditEntry.objects.filter(pk=line.pk).update(by=4)
    yield "bulk update", lambda line: AuditEntry.objects.bulk_update([line], ["act"])
    yield "delete", lambda line: line.delete()
    yield "delete all", lambda line: AuditEntry.objects.all().delete()
    for statement in [
        'update foundation_auditentry set "by" = 4',
        "delete from foundation_auditentry",
        "truncate foundation_auditentry",
        "truncate foundation_auditentry cascade",
        """insert into foundation_auditentry (id, at, act, details)
           select id, now(), 'x.y', '{}' from foundation_auditentry
           on conflict (id) do update set act = 'x.y'""",
    ]:
        yield statement, lambda line, statement=statement: connection.cursor().execute(statement)


@pytest.mark.parametrize(("name", "attempt"), [pytest.param(*pair, id=pair[0]) for pair in attempts()])
def test_no_line_is_changed_or_taken_away(line, name, attempt):
    line.by = 4
    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
        attempt(line)
    assert list(AuditEntry.objects.values_list("pk", "act", "by")) == [(line.pk, Act.LIT, 3)]


def test_a_session_that_says_it_is_a_replica_changes_nothing_either(line):
    with connection.cursor() as cursor:
        cursor.execute("select has_parameter_privilege('session_replication_role', 'set')")
        if not cursor.fetchone()[0]:
            pytest.skip("on this server nobody but its owner can say so")
        cursor.execute("set local session_replication_role = replica")
    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
        connection.cursor().execute("delete from foundation_auditentry")
    assert AuditEntry.objects.count() == 1


def test_what_is_taken_back_leaves_no_line():
    with transaction.atomic():
        audit.record(Act.LIT, by=1)
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("text", ["Zénobie Quillévéré", "zenobie@orvelle.example", "", "a" * 61, "two words"])
def test_no_text_and_no_address_gets_in(text):
    with pytest.raises(ValueError, match="no texts"):
        audit.record(Act.LIT, by=1, what=text)
    with pytest.raises(ValueError, match="no texts"):
        audit.record(Act.LIT, by=1, what=[text])
    with pytest.raises(IntegrityError, match="auditentry_no_texts"), transaction.atomic():
        AuditEntryFactory.create(act=Act.LIT, details={"what": {"deep": [text]}})


def test_words_of_the_program_and_numbers_get_in():
    audit.record(Act.LIT, by=None, member=2, community=5, role="lcm", fields=["quiet_from", "name"], lines=40)
    assert AuditEntry.objects.get().details == {"role": "lcm", "fields": ["quiet_from", "name"], "lines": 40}


def test_an_act_that_no_room_names_is_refused():
    with pytest.raises(ValueError, match="No room"):
        audit.record("nothing.such", by=1)


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_of_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="transaction"):
        audit.record(Act.LIT, by=1)


@pytest.mark.django_db(transaction=True)
def test_emptying_all_tables_passes_by_the_log():
    from django.core.management import call_command

    before = AuditEntry.objects.count()
    with transaction.atomic():
        audit.record(Act.LIT, by=1)
    call_command("flush", interactive=False, verbosity=0)
    assert AuditEntry.objects.count() == before + 1


def test_each_act_has_its_words():
    assert dict(audit.labels())[Act.LIT] == audit.label("lamp.lit") == "Lanterne allumée"
    assert audit.label("of.tomorrow") == "of.tomorrow"
