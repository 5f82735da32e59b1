"""A file of invitations: checked, then carried out as it was shown, line by line, each once.

Each line is judged again when its turn comes, and done in a transaction of its own together with its mark:
whatever is interrupted goes on where it was, and nobody is invited twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from passeur.accounts import queries as accounts
from passeur.communities import services as communities
from passeur.communities.choices import Role
from passeur.communities.errors import AlreadyMember, LastManager
from passeur.foundation import audit
from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import events, policies, queries
from ..choices import ACTING, Act, BatchState, Verdict
from ..errors import AlreadyRun
from ..models import Batch, BatchLine
from .judging import Judge, Judged
from .reading import Row, Table

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

Progress = Callable[[int, int], None]


def check(*, table: Table, by: Member, place: Community | None = None) -> Batch:
    """The dry run: what each line would do, kept to be looked at. Nobody is written to."""
    require(policies.can_administer(by))
    judge = Judge(table.rows, by=by, place=place)
    with transaction.atomic():
        batch = Batch.objects.create(made_by=by, encoding=table.encoding, between=table.between)
        judged = [judge.judge(row) for row in table.rows]
        BatchLine.objects.bulk_create([_line(batch, one) for one in judged], batch_size=500)
        audit.record(Act.BATCH_CHECKED, by=by.pk, batch=batch.pk, lines=len(judged))
    return batch


def launch(*, batch: Batch, by: Member, queued: bool = True) -> None:
    """Start carrying it out, in jobs, or, unless `queued`, by the caller. `AlreadyRun` the second time."""
    require(policies.can_administer(by))
    with transaction.atomic():
        held = Batch.objects.select_for_update().get(pk=batch.pk)
        if held.state != BatchState.CHECKED:
            raise AlreadyRun
        held.state, held.run_by, held.run_at = BatchState.RUNNING, by, timezone.now()
        held.save(update_fields=["state", "run_by", "run_at"])
        audit.record(Act.BATCH_RUN, by=by.pk, batch=batch.pk, lines=_to_do(held).count())
        if queued:
            bus.publish(events.BatchLaunched(held.pk))
    batch.refresh_from_db()


def drop(*, batch: Batch, by: Member) -> None:
    """Forget a file that was not carried out."""
    require(policies.can_administer(by))
    with transaction.atomic():
        held = Batch.objects.select_for_update().get(pk=batch.pk)
        if held.state != BatchState.CHECKED:
            raise AlreadyRun
        audit.record(Act.BATCH_DROPPED, by=by.pk, batch=held.pk)
        held.delete()


def carry_on(batch: int, *, most: int | None = None, progress: Progress | None = None) -> bool:
    """Carry out the next lines, `most` of them; True when there are none left. It may run twice at once."""
    found = Batch.objects.filter(pk=batch, state=BatchState.RUNNING).select_related("run_by").first()
    if found is None:
        return True
    waiting = list(_to_do(found).values_list("pk", flat=True))
    for done, line in enumerate(waiting[:most], start=1):
        _carry_out(line, found.run_by)
        if progress is not None:
            progress(done, len(waiting))
    if most is not None and len(waiting) > most:
        return False
    stop(batch)
    return True


def stop(batch: int) -> None:
    """End it; what is not carried out stays undone, when whoever did so by hand broke off."""
    Batch.objects.filter(pk=batch, state=BatchState.RUNNING).update(
        state=BatchState.DONE, done_at=timezone.now()
    )


def running() -> list[int]:
    """Files that are being carried out, by key."""
    return list(Batch.objects.filter(state=BatchState.RUNNING).values_list("pk", flat=True))


def forget_old() -> int:
    """Files made a month ago, done or not, are forgotten with their lines; how many."""
    return (
        Batch.objects.filter(queries.old())
        .exclude(state=BatchState.RUNNING)
        .delete()[1]
        .get(Batch._meta.label, 0)
    )


def _to_do(batch: Batch) -> QuerySet[BatchLine]:
    return batch.lines.filter(plan__in=ACTING, outcome="").order_by("number")


def _carry_out(pk: int, by: Member | None) -> None:
    """One line, once: whoever comes second finds its mark."""
    with transaction.atomic():
        line = (
            BatchLine.objects.select_for_update(of=("self",))
            .select_related("community")
            .filter(pk=pk, outcome="")
            .first()
        )
        if line is None or line.community is None:
            return
        line.outcome = _done(line, line.community, by)
        line.save(update_fields=["outcome"])


def _done(line: BatchLine, community: Community, by: Member | None) -> Verdict:
    """Do what was planned, if it is still what the line comes to; what it comes to now."""
    if by is None or not policies.can_administer(by):
        return Verdict.NOT_ALLOWED
    row = Row(line.number, line.address, line.name, community.slug, line.role_said, line.language_said)
    now = Judge([row], by=by).judge(row)
    if now.verdict != line.plan or now.was != line.was:
        return now.verdict
    try:
        with transaction.atomic():
            _act(line, community, by)
    except LastManager:
        return Verdict.LAST_MANAGER
    except AlreadyMember:
        return Verdict.MEMBER
    return now.verdict


def _act(line: BatchLine, community: Community, by: Member) -> None:
    role = Role(line.role or Role.MEMBER)
    if line.plan == Verdict.ROLE:
        member = accounts.by_email(line.address)
        if member is not None:
            communities.change_role(community=community, member=member, role=role, by=by)
        return
    made = communities.invite(
        community=community, email=line.address, role=role, by=by, name=line.name, language=line.language
    )
    communities.send_invitation(made)


def _line(batch: Batch, judged: Judged) -> BatchLine:
    row = judged.row
    return BatchLine(
        batch=batch,
        number=row.number,
        address=row.address,
        name=row.name,
        place=row.community,
        community=judged.community,
        role_said=row.role,
        role=judged.role,
        language_said=row.language,
        language=judged.language,
        was=judged.was,
        like=judged.like,
        plan=judged.verdict,
    )
