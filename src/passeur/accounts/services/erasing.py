"""Erasing a person: locked out at once, then every room takes its part out, in one transaction.

There is no delay to change one's mind in: the page says what goes and what stays, and the person proves again
that it is them. Waiting would be keeping what somebody asked us not to keep.
"""

from __future__ import annotations

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.db.models import F, JSONField, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from passeur.foundation import audit
from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import events, policies
from ..choices import Act
from ..models import Erasure, Member, Merge
from ..protocols import GONE, Traces, holders
from .access import end_factors, end_sessions
from .administrators import keep_an_administrator


def erase(*, member: Member, by: Member) -> None:
    """Ask for a person to be erased: nobody is signed in as them from now on, the rest follows in a job.

    The last administrator names another one first.
    """
    require(policies.can_erase(by, member))
    with transaction.atomic():
        keep_an_administrator(without=member)
        held = Member.objects.select_for_update().get(pk=member.pk)
        _erasure, is_new = Erasure.objects.get_or_create(member=held, defaults={"asked_by": by})
        Member.objects.filter(pk=held.pk).update(is_active=False, sign_in_epoch=F("sign_in_epoch") + 1)
        end_sessions(held)
        end_factors(held)
        if is_new:
            audit.record(Act.ERASURE_ASKED, by=by.pk, member=held.pk)
            bus.publish(events.AccountClosed(held.pk))
            bus.publish(events.ErasureAsked(held.pk))
    member.refresh_from_db(fields=["is_active", "sign_in_epoch"])


def carry_out_erasure(member_id: int) -> bool:
    """Take the person out of every room. False where nobody asked for it, or it was done."""
    with transaction.atomic():
        asked = Erasure.objects.select_for_update().filter(member=member_id, done_at=None).first()
        if asked is None:
            return False
        people = all_of(Member.objects.get(pk=member_id))
        traces = traces_of(people)
        for _room, held in holders():
            for person in people:
                held.erase(person, traces)
        asked.done_at = timezone.now()
        asked.save(update_fields=["done_at"])
        audit.record(Act.ERASED, by=asked.asked_by_id, member=member_id)
        bus.publish(events.MemberErased(member_id))
    return True


def finish_erasures() -> int:
    """Carry out what was asked and not done: a job that died is no reason to keep anybody; how many."""
    waiting = Erasure.objects.filter(done_at=None).values_list("member_id", flat=True)
    return sum(carry_out_erasure(member_id) for member_id in list(waiting))


def all_of(member: Member) -> list[Member]:
    """The person and every imported member that was found to be them; the person last."""
    found = {member.pk: member}
    new = [member]
    while new:
        new = [one for one in Member.objects.filter(merged_into__in=new) if one.pk not in found]
        found |= {one.pk: one for one in new}
    return list(reversed(found.values()))


def traces_of(people: Sequence[Member]) -> Traces:
    """What names these people, who are one person, in other people's words."""
    return Traces(
        names=tuple(dict.fromkeys(person.name for person in people if person.erased_at is None)),
        addresses=tuple(person.email for person in people if person.email),
        handles=tuple(person.handle for person in people if person.handle),
    )


def take_out(rows: QuerySet[Model], *fields: str, traces: Traces, near: Q | None = None) -> list[int]:
    """Take the person's name out of these columns (text or JSON) of `rows`; the keys of those that changed.

    In rows that `near` chooses a name of one word counts as well: they are about the person, or written where
    they wrote. Looks with one regular expression per column, whatever the number of rows.
    """
    if not traces.sql:
        return []
    may_hold = Q()
    for name in fields:
        rows = rows.annotate(**{f"{name}_words": Cast(name, TextField())})
        may_hold |= Q(**{f"{name}_words__iregex": traces.sql})
    close = set(rows.filter(may_hold, near).values_list("pk", flat=True)) if near is not None else set()
    changed = []
    for row in rows.filter(may_hold).only("pk", *fields).order_by("pk").iterator(chunk_size=500):
        before = {name: getattr(row, name) for name in fields}
        after = {name: traces.without_any(before[name], near=row.pk in close) for name in fields}
        if after != before:
            type(row)._default_manager.filter(pk=row.pk).update(
                **{name: _fitting(row, name, after[name]) for name in fields if after[name] != before[name]}
            )
            changed.append(row.pk)
    return changed


def _fitting(row: Model, name: str, value: object) -> object:
    """« Membre parti » may be longer than the name was."""
    field = row._meta.get_field(name)
    longest = None if isinstance(field, JSONField) else getattr(field, "max_length", None)
    return value[:longest] if isinstance(value, str) and longest else value


def blank(member: Member) -> None:
    """Leave a member of whom nothing can be told. Merges go: nobody takes one back to somebody gone."""
    EmailAddress.objects.filter(user=member).delete()
    end_sessions(member)
    end_factors(member)
    Merge.objects.filter(Q(source=member) | Q(target=member)).delete()
    fresh = Member(name=GONE)
    fresh.set_unusable_password()
    kept = {"id", "is_machine", "joined_at", "merged_into", "sign_in_epoch", "is_superuser"}
    values = {
        field.attname: getattr(fresh, field.attname)
        for field in Member._meta.concrete_fields
        if field.name not in kept
    }
    values |= {
        "is_active": False,
        "is_superuser": False,
        "receives_questions": False,
        "introducible": False,
        "erased_at": timezone.now(),
        "sign_in_epoch": F("sign_in_epoch") + 1,
    }
    Member.objects.filter(pk=member.pk).update(**values)


_JOBS = """
delete from procrastinate_jobs where status <> 'doing' and args::text ~* %s
"""


def forget_jobs(traces: Traces) -> int:
    """Drop jobs, done or waiting, whose arguments name the person: a link to be mailed, an address typed."""
    if not traces.sql:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_JOBS, [traces.sql])
        return int(cursor.rowcount)
