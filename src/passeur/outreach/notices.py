"""How a note reads among what one is told: its whole text, and whom or what it is about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from passeur.conversations import policies as conversations
from passeur.foundation.icons import Icon
from passeur.notifications.protocols import Kind, Line, Move, Told, register

from . import policies
from .models import Note

if TYPE_CHECKING:
    from passeur.accounts.models import Member

GRACE = 120
"""Seconds in which a note can be taken back before its mail leaves."""


def subject(note: Note) -> str:
    """A note about a conversation stands with what else is told of it."""
    return f"conversation:{note.conversation_id}" if note.conversation_id else f"note:{note.pk}"


def _received(member: Member, objects: Collection[int]) -> QuerySet[Note]:
    return Note.objects.filter(policies.visible_to(member), to=member, pk__in=objects)


def _still_due(member: Member, objects: Collection[int]) -> set[int]:
    """Notes to this person that were not taken back and that they did not say to be done with."""
    return set(_received(member, objects).filter(done_at=None).values_list("pk", flat=True))


def _lines(member: Member, told: Sequence[Told]) -> dict[int, Line]:
    notes = _received(member, [one.object for one in told])
    notes = notes.select_related("by", "community", "conversation__community", "towards")
    return {note.pk: _line(member, note) for note in notes}


def _line(member: Member, note: Note) -> Line:
    """The conversation is named only while the person may read it: they may have left since."""
    about = note.conversation
    if about is not None and not conversations.can_see(member, about):
        about = None
    moves = [Move(gettext("Répondre ou dire que c’est fait"), reverse("outreach:notes"))]
    if about is not None:
        moves.insert(0, Move(about.title, reverse("conversations:detail", args=[about.pk])))
    if note.towards is not None:
        moves.insert(0, Move(note.towards.name, reverse("accounts:profile", args=[note.towards.pk])))
    return Line(
        words=gettext("%(name)s vous écrit") % {"name": note.by.name},
        url=f"{reverse('outreach:notes')}#note-{note.pk}",
        title=about.title if about is not None else str(note.get_purpose_display()),
        place=note.community.name,
        extract=note.text,
        moves=moves,
        heading=f"{note.by.name} – {note.get_purpose_display()}",
    )


NOTE = register(
    Kind(
        "note",
        _("Mots reçus"),
        _("Une personne qui anime une de vos communautés vous écrit."),
        Icon("mail"),
        _still_due,
        _lines,
        patience=GRACE,
        order=70,
    )
)
