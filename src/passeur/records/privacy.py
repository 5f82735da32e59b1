"""What the store holds about a person: what they did, and what programs keep about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.accounts.protocols import Fate, Known, PersonalData, Traces, holds_personal_data

from .queries import forwards, people
from .services import erasing

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Json


@holds_personal_data
class ActivityStatements(PersonalData):
    """Statements and documents about the person."""

    order = 65
    covers = {
        "statement.body": "statements by the person are deleted; in others' an account without a name stands",
        "statement.agents": "hashes; made anew with the statement",
        "statement.related_agents": "hashes; made anew with the statement",
        "statement.related_activities": "hashes of activities",
        "statement.attachments": "digests of files; deleted with the statement",
        "echo.agents": "made anew with the statement",
        "echo.related_agents": "made anew with the statement",
        "echo.related_activities": "hashes of activities",
        "attachment.sha2": "deleted with its content",
        "attachment.content": "deleted when no statement has it any more",
        "activity.definition": "the name is taken out",
        "agent.member": "deleted with the agent",
        "agent.value": "deleted with the agent",
        "agent.home": "deleted with the agent",
        "agent.name": "deleted with the agent",
        "document.content": "deleted with the document",
        "document.name": "deleted with the document",
        "document.content_type": "deleted with the document",
        "document.etag": "deleted with the document",
        "derivation.source": "the name of a source of facts; of nobody",
        "forward.name": "what an administrator called another store",
        "forward.address": "of a program",
        "forward.key": "of a program",
        "forward.secret_kept": "of a program, enciphered",
        "forward.last_error": "what a program answered; replaced with the next answer",
        "forward.created_by": "the member without a name",
        "undelivered.why": "what a program answered; deleted with the statement",
        "reading.address": "of a program",
        "reading.since": "a date",
        "client.created_by": "the member without a name",
    }

    def known(self, member: Member) -> Iterable[Known]:
        count = people.count_of(member)
        if count:
            yield Known(
                ngettext(
                    "%(count)s trace d’activité qui vous concerne",
                    "%(count)s traces d’activité qui vous concernent",
                    count,
                )
                % {"count": count},
                _("Garder ce que vous avez appris, ici et sur les plateformes de formation"),
                self._readers(),
                _("%(weeks)s semaines ; présences et achèvements : %(evidence)s semaines")
                % {"weeks": settings.RECORDS_WEEKS, "evidence": settings.RECORDS_EVIDENCE_WEEKS},
            )

    def _readers(self) -> str:
        if names := forwards.names():
            return _(
                "Les programmes qu’un administrateur a autorisés à lire les traces, "
                "et qui en reçoit une copie : %(names)s"
            ) % {"names": ", ".join(names)}
        return _("Les programmes qu’un administrateur a autorisés à lire les traces")

    def export(self, member: Member) -> Mapping[str, Json]:
        if not people.is_known(member):
            return {}
        return {"statements": people.statements_of(member), "documents": people.documents_of(member)}

    def fate(self, member: Member) -> Fate:
        if not people.is_known(member):
            return Fate()
        return Fate(
            goes=(
                _("vos traces d’activité, et ce que des programmes de formation gardent ici à votre sujet"),
            ),
            stays=(_("les traces des autres où vous figuriez : quelqu’un sans nom y prend votre place"),),
        )

    def erase(self, member: Member, traces: Traces) -> None:
        erasing.erase(member, traces)
