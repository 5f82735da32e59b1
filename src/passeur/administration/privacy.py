"""What the administration holds about a person: the lines of the audit log that name them by their key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.accounts.protocols import Fate, Known, PersonalData, holds_personal_data
from passeur.foundation import audit

from . import queries

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Json


@holds_personal_data
class Administration(PersonalData):
    """The audit log. Keys only, so that erasing somebody changes nothing in it (decision 19)."""

    order = 80
    covers = {
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
        return {
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
            )
        }

    def fate(self, member: Member) -> Fate:
        return Fate(stays=(_("les lignes du journal, avec un numéro à la place de votre nom"),))
