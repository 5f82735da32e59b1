"""Writing a note, taking it back, saying that it is done, replying."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from passeur.accounts import policies as accounts
from passeur.foundation import events as bus
from passeur.foundation.policies import require
from passeur.notifications import services as notifications

from . import errors, events, notices, policies
from .choices import Purpose
from .models import Note
from .notices import NOTE

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.conversations.models import Conversation


def write(
    *,
    community: Community,
    to: Member,
    by: Member,
    purpose: Purpose,
    text: str,
    conversation: Conversation | None = None,
    towards: Member | None = None,
) -> Note:
    """Write to a member of a community one steers. The mail leaves a little later, see `notices`."""
    if not accounts.can_sign_in(to):
        raise errors.NoAccount
    require(policies.can_write(by, to, community))
    return _keep(
        Note(
            community=community,
            to=to,
            by=by,
            purpose=purpose,
            text=text.strip(),
            conversation=conversation,
            towards=towards,
        )
    )


def reply(*, note: Note, text: str, by: Member) -> Note:
    """Answer a note; what it asked counts as done."""
    require(policies.can_answer(by, note))
    if not accounts.can_sign_in(note.by):
        raise errors.NoAccount
    with transaction.atomic():
        finish(note=note, by=by)
        return _keep(
            Note(
                community=note.community,
                to=note.by,
                by=by,
                purpose=Purpose.REPLY,
                text=text.strip(),
                conversation=note.conversation,
                in_reply_to=note,
            )
        )


def _keep(note: Note) -> Note:
    if not note.text:
        raise errors.EmptyNote
    with transaction.atomic():
        note.save()
        bus.publish(events.NoteWritten(note=note.pk, to=note.to_id, by=note.by_id))
    return note


def withdraw(*, note: Note, by: Member) -> None:
    """Take a note back before its mail leaves; what it answered is open again."""
    require(policies.can_withdraw(by, note))
    with transaction.atomic():
        kept = Note.objects.select_for_update().get(pk=note.pk)
        if kept.sent_at is not None or not notifications.take_back(NOTE.slug, kept.pk):
            raise errors.AlreadySent
        kept.withdrawn_at = timezone.now()
        kept.save(update_fields=["withdrawn_at"])
        Note.objects.filter(replies=kept).update(done_at=None)


def reopen(*, note: Note, by: Member) -> None:
    """It is not done after all."""
    require(policies.can_answer(by, note))
    Note.objects.filter(pk=note.pk).update(done_at=None)


def finish(*, note: Note, by: Member) -> None:
    """What the note asked is done."""
    require(policies.can_answer(by, note))
    with transaction.atomic():
        if Note.objects.filter(pk=note.pk, done_at=None).update(done_at=timezone.now()):
            bus.publish(events.NoteDone(note=note.pk, by=by.pk))


def tell(note_id: int) -> None:
    """Tell who received it. Its mail leaves after `notices.GRACE`, unless it was taken back."""
    note = Note.objects.filter(pk=note_id, withdrawn_at=None, sent_at=None).first()
    if note is not None:
        notifications.tell(NOTE.slug, to=[note.to_id], object=note.pk, subject=notices.subject(note))


def note_mailed(pks: Collection[int]) -> None:
    """A mail brought these notes."""
    Note.objects.filter(pk__in=pks, sent_at=None).update(sent_at=timezone.now())


def withdraw_by_id(note_id: int, *, by: Member) -> None:
    """Take back a note that another room keeps by its number."""
    withdraw(note=Note.objects.select_related("community").get(pk=note_id), by=by)
