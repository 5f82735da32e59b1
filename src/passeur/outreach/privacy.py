"""What outreach holds about a person: notes they received and wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.accounts.protocols import Fate, Known, Move, PersonalData, Traces, holds_personal_data
from passeur.accounts.services import take_out
from passeur.communities import queries as communities

from . import policies
from .models import Note

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Json


@holds_personal_data
class Notes(PersonalData):
    """Notes between two people."""

    order = 50
    covers = {
        "note.to": "deleted",
        "note.by": "kept for who received it, without a name",
        "note.towards": "deleted",
        "note.text": "deleted with the note; elsewhere the name is taken out",
    }

    def known(self, member: Member) -> Iterable[Known]:
        count = Note.objects.filter(policies.visible_to(member), to=member).count()
        if count:
            yield Known(
                ngettext("%(n)s mot reçu", "%(n)s mots reçus", count) % {"n": count},
                _("Vous accueillir, vous demander un coup de main"),
                _("Qui l’a écrit, et vous"),
                _("Tant que vous avez un compte"),
                (Move(_("Voir"), reverse("outreach:notes")),),
                (_("Rien ne dit si vous les avez lus."),),
            )

    def export(self, member: Member) -> Mapping[str, Json]:
        received = Note.objects.filter(policies.visible_to(member), to=member)
        received = received.select_related("by", "community")
        written = Note.objects.filter(by=member).select_related("community")
        sight = communities.sight_of(member)
        return {
            "notes_received": (
                {
                    "from": note.by.name,
                    "community": note.community.slug,
                    "purpose": note.purpose,
                    "text": note.text,
                    "at": note.created_at,
                    "done_at": note.done_at,
                }
                for note in received.order_by("pk").iterator(chunk_size=500)
            ),
            "notes_written": (
                {
                    "community": sight.slug(note.community),
                    "purpose": note.purpose,
                    "text": note.text,
                    "at": note.created_at,
                }
                for note in written.order_by("pk").iterator(chunk_size=500)
            ),
        }

    def fate(self, member: Member) -> Fate:
        return Fate(
            goes=(_("les mots que vous avez reçus"),),
            stays=(_("les mots que vous avez écrits à d’autres, sans votre nom"),),
        )

    def erase(self, member: Member, traces: Traces) -> None:
        Note.objects.filter(Q(to=member) | Q(towards=member)).delete()
        take_out(Note.objects.all(), "text", traces=traces, near=Q(by=member))
