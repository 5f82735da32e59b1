"""What the administration holds about a person: the lines of the audit log that name them by their key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.accounts.protocols import Fate, Known, PersonalData, Traces, holds_personal_data
from passeur.accounts.services import take_out
from passeur.foundation import audit

from . import queries
from .models import BatchLine

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Json


@holds_personal_data
class Administration(PersonalData):
    """The audit log, keys only, so that erasing changes nothing in it (decision 19); files of invitations."""

    order = 80
    covers = {
        "batch.made_by": "kept for a month, without a name",
        "batch.run_by": "kept for a month, without a name",
        "batchline.address": "the line is deleted",
        "batchline.name": "the line is deleted; in others the name is taken out",
        "batchline.place": "the name is taken out; the line is forgotten after a month",
        "batchline.role_said": "the name is taken out; the line is forgotten after a month",
        "batchline.language_said": "the name is taken out; the line is forgotten after a month",
        "auditentry.act": "the name of an act",
        "auditentry.details": "keys, numbers and words of the program; the database refuses anything else",
    }

    def known(self, member: Member) -> Iterable[Known]:
        yield Known(
            _("Si vous avez un deuxième facteur, ou non"),
            _("Que l’entreprise puisse en demander un"),
            _("Vous, et qui administre Passeur"),
            _("Tant que vous avez un compte"),
        )
        count = queries.entries(queries.Asked(person=member.pk)).count()
        if count:
            yield Known(
                ngettext(
                    "%(n)s ligne du journal, faite par vous ou à votre sujet",
                    "%(n)s lignes du journal, faites par vous ou à votre sujet",
                    count,
                )
                % {"n": count},
                _("Que ce qui touche aux comptes et aux rôles se vérifie"),
                _("Vous, et qui administre Passeur"),
                _("Toujours ; après un effacement, sans votre nom"),
            )

    def export(self, member: Member) -> Mapping[str, Json]:
        found = queries.entries(queries.Asked(person=member.pk)).order_by("pk")
        invited = BatchLine.objects.filter(address=member.email or "").select_related("batch", "community")
        return {
            "invitation_files": [
                {
                    "made_at": line.batch.made_at,
                    "address": line.address,
                    "name": line.name,
                    "community": line.community.slug if line.community else line.place,
                    "role": line.role or line.role_said,
                    "language": line.language or line.language_said,
                    "came_to": line.outcome or line.plan,
                }
                for line in invited.order_by("pk")
            ],
            "audit_log": (
                {
                    "at": entry.at,
                    "act": entry.act,
                    "words": audit.label(entry.act),
                    "by_you": entry.by == member.pk,
                    "about_you": entry.member == member.pk,
                    "details": entry.details,
                }
                for entry in found.iterator(chunk_size=500)
            ),
        }

    def fate(self, member: Member) -> Fate:
        return Fate(
            goes=(_("votre ligne dans les fichiers d’invitations"),),
            stays=(_("les lignes du journal, avec un numéro à la place de votre nom"),),
        )

    def erase(self, member: Member, traces: Traces) -> None:
        BatchLine.objects.filter(address__in=traces.addresses).delete()
        take_out(BatchLine.objects.all(), "name", "place", "role_said", "language_said", traces=traces)
