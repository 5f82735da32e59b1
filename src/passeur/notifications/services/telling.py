"""Telling people of something, once; noting that they saw it; taking it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from passeur.foundation import counters, live, memo

from .. import queries
from ..choices import BELL
from ..models import Notice
from ..models.notice import MOST
from ..protocols import kind_of

if TYPE_CHECKING:
    from passeur.accounts.models import Member

# One statement for any number of people: a notice there joins its next happening, unless it knows it already.
_TELL = """
INSERT INTO notifications_notice AS kept
       (member_id, kind, object, subject, happened, unread, unmailed, first_at, last_at, due_at)
SELECT m.id, %(kind)s, %(object)s, %(subject)s, %(what)s, %(what)s, %(what)s, %(now)s, %(now)s, %(due)s
  FROM accounts_member m
 WHERE m.id = ANY(%(people)s)
   AND m.is_active AND NOT m.is_machine AND m.email IS NOT NULL AND m.erased_at IS NULL
 ORDER BY m.id
    ON CONFLICT (member_id, kind, object) DO UPDATE
   SET happened = (kept.happened || excluded.happened)
           [greatest(1, cardinality(kept.happened) + 2 - %(most)s):],
       unread = (kept.unread || excluded.unread)
           [greatest(1, cardinality(kept.unread) + 2 - %(most)s):],
       unmailed = (kept.unmailed || excluded.unmailed)
           [greatest(1, cardinality(kept.unmailed) + 2 - %(most)s):],
       last_at = greatest(kept.last_at, excluded.last_at),
       due_at = least(kept.due_at, excluded.due_at)
 WHERE NOT kept.happened @> excluded.happened
RETURNING member_id
"""


def tell(
    kind: str,
    *,
    to: Collection[int],
    object: int,
    subject: str,
    what: int | None = None,
    at: dt.datetime | None = None,
) -> None:
    """Tell these people that something happened to an object. Call it from a subscriber.

    `subject` is what it is about, as `conversation:12`: lines about the same thing stand together. `what` is
    the key of what happened (the contribution, say); the object itself when nothing is told. The same `what`
    again changes nothing, so a job may run twice. Preferences, rights and quiet hours are asked later, when
    it is shown or sent. People without an account are left out. `at`: when it happened, where not now.
    """
    known = kind_of(kind)
    if known is None:
        raise LookupError(f"No room registered the kind {kind!r}.")
    if not to:
        return
    now = at or timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            _TELL,
            {
                "kind": kind,
                "object": object,
                "subject": subject,
                "what": [object if what is None else what],
                "people": sorted(set(to)),
                "now": now,
                "due": now + dt.timedelta(seconds=known.patience),
                "most": MOST,
            },
        )
        live.announce_each(BELL, [member for (member,) in cursor.fetchall()])


def seen(member: Member, *, subject: str = "", kind: str = "") -> None:
    """The person has what it is about before their eyes: it is not new, and no mail tells it any more.

    One statement. With `subject` all that is about it, with `kind` all notices of that kind.
    """
    if not subject and not kind:
        raise ValueError("What was seen?")
    if subject and not queries.new_about(member=member.pk, subject=subject):
        return
    notices = Notice.objects.filter(subject=subject) if subject else Notice.objects.all()
    _not_new(member, notices.filter(kind=kind) if kind else notices)


def take_back(kind: str, object: int) -> bool:
    """Untell it. False, and nothing changes, when a mail has told it to somebody.

    A mail that is on its way holds the notice: this waits until it is known whether it left.
    """
    with transaction.atomic():
        notices = Notice.objects.select_for_update().filter(kind=kind, object=object).order_by("pk")
        if any(notice.mailed_at is not None for notice in notices):
            return False
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).delete()
    return True


def forget(subject: str) -> None:
    """What it was about is gone for everybody."""
    Notice.objects.filter(subject=subject).delete()


def opened(member: Member, pk: int) -> None:
    """The person follows one line."""
    _not_new(member, Notice.objects.filter(pk=pk))


def seen_all(member: Member) -> None:
    """The person says that all of it is read."""
    _not_new(member, Notice.objects.all())


def _not_new(member: Member, notices: QuerySet[Notice]) -> None:
    new = notices.filter(member=member).exclude(unread=[], unmailed=[])
    if new.update(unread=[], unmailed=[], due_at=None):
        memo.forget("notifications.dot", member.pk)
        counters.forget()
        with transaction.atomic():  # of its own: most often nothing was new, and the page is read without one
            live.announce(BELL, member.pk)
