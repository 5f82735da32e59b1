"""Writing a note, taking it back, saying that it is done, replying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from passeur.accounts import policies as accounts
from passeur.foundation import events as bus
from passeur.foundation import mail
from passeur.foundation.policies import require

from . import errors, events, policies
from .choices import Purpose
from .models import Note

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
    """Write to a member of a community one steers. The mail leaves a little later, see `tasks`."""
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
        if kept.sent_at is not None:
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


def send(note_id: int) -> None:
    """Mail a note once, unless it was taken back. The row is held meanwhile: two workers send one mail."""
    with transaction.atomic():
        note = (
            Note.objects.select_for_update(of=("self",))
            .select_related("to", "by", "community", "conversation", "towards")
            .get(pk=note_id)
        )
        if note.withdrawn_at is not None or note.sent_at is not None or not accounts.can_sign_in(note.to):
            return
        mail.post(
            note.to.email or "", "outreach/mail/note", language=note.to.language, context={"note": note}
        )
        note.sent_at = timezone.now()
        note.save(update_fields=["sent_at"])


def withdraw_by_id(note_id: int, *, by: Member) -> None:
    """Take back a note that another room keeps by its number."""
    withdraw(note=Note.objects.select_related("community").get(pk=note_id), by=by)
