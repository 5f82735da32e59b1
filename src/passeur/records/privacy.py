"""What the store holds about a person: what they did, and what programs keep about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.accounts.protocols import (
    Choice,
    Fate,
    Known,
    Move,
    PersonalData,
    Reading,
    Traces,
    holds_personal_data,
)
from passeur.foundation import dates

from .queries import consultations, forwards, learning, people
from .services import erasing, tying

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Json

COURSES = "records.courses"
MOST = 50


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
        "course.iri": "of a course",
        "course.name": "of a course",
        "coursetie.tied_by": "the member without a name",
        "coursesilence.member": "deleted",
        "statementsread.reader": "the member without a name",
        "statementsread.purpose": "a word of the program",
        "learning.failed": "deleted with the row",
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
                self._until(),
            )

        yield from self._courses(member)

    def _courses(self, member: Member) -> Iterable[Known]:
        """Each course, with what it is used for: a cue of the desk says the rest, with its own reason."""
        used = learning.may_help(member)
        silence = Move(
            _("Ne plus s’en servir"), reverse("accounts:choose"), posts=True, fields=(("key", COURSES),)
        )
        for course in learning.mine(people.keys_of(member), most=MOST):
            helps = used and course.is_used
            yield Known(
                _("Vous suivez le cours « %(name)s »") % {"name": course.name}
                if course.finished_at is None
                else _("Vous avez terminé le cours « %(name)s »") % {"name": course.name},
                _("Vous proposer de l’aide si vous butez, et de partager ce que vous en avez retenu")
                if helps
                else _("Compter, en groupe, ce qui s’apprend"),
                _("Qui anime une communauté dont vous êtes membre et à laquelle ce cours est rattaché")
                if helps
                else _("Personne, nommément"),
                _("%(weeks)s semaines ; un cours terminé : %(evidence)s semaines")
                % {"weeks": settings.RECORDS_WEEKS, "evidence": settings.RECORDS_EVIDENCE_WEEKS},
                moves=(silence,) if helps else (),
                evidence=(
                    _("Les traces de votre plateforme de formation, depuis %(day)s")
                    % {"day": dates.on_day(timezone.localdate(course.begun_at), with_year=True)},
                ),
                is_inferred=True,
            )

    def readings(self, member: Member) -> Iterable[Reading]:
        keys = people.keys_of(member)
        if not people.is_known(member):
            return
        for read in consultations.about(keys, most=MOST):
            scope = (
                _("Traces d’activité de tout le monde")
                if read.is_of_everybody
                else _("Vos traces d’activité")
            )
            yield Reading(read.reader, scope, str(read.purpose.label), read.day)

    def choices(self, member: Member) -> Iterable[Choice]:
        yield Choice(
            COURSES,
            _("M’aider à partir des cours que je suis"),
            _(
                "Qui anime vos communautés peut vous écrire quand vous butez sur un cours ou l’avez terminé. "
                "Sans cela, personne ne le sait."
            ),
            learning.may_help(member),
        )

    def choose(self, member: Member, key: str, *, on: bool) -> bool:
        if key != COURSES:
            return False
        tying.use_courses(on=on, by=member)
        return True

    def _until(self) -> str:
        weeks = {"weeks": settings.RECORDS_WEEKS, "evidence": settings.RECORDS_EVIDENCE_WEEKS}
        if forwards.names():
            return (
                _(
                    "Ici, %(weeks)s semaines ; présences et achèvements : %(evidence)s semaines. Une copie "
                    "envoyée ailleurs suit la durée de qui l’a reçue"
                )
                % weeks
            )
        return _("%(weeks)s semaines ; présences et achèvements : %(evidence)s semaines") % weeks

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
        return {
            "statements": people.statements_of(member),
            "documents": people.documents_of(member),
            "courses": [
                {
                    "course": course.iri,
                    "begun_at": course.begun_at.isoformat(),
                    "finished_at": course.finished_at.isoformat() if course.finished_at else None,
                }
                for course in learning.mine(people.keys_of(member), most=10_000)
            ],
            "read_by": [
                {
                    "reader": read.reader,
                    "how": read.purpose.value,
                    "of_everybody": read.is_of_everybody,
                    "day": read.day,
                }
                for read in consultations.about(people.keys_of(member), most=10_000)
            ],
            "courses_may_help": learning.may_help(member),
        }

    def fate(self, member: Member) -> Fate:
        if not people.is_known(member):
            return Fate()
        return Fate(
            goes=(
                _("vos traces d’activité, et ce que des programmes de formation gardent ici à votre sujet"),
            ),
            stays=(
                _("les traces des autres où vous figuriez : quelqu’un sans nom y prend votre place"),
                *self._elsewhere(),
            ),
        )

    def _elsewhere(self) -> Iterable[str]:
        """What no store can promise of another one."""
        if names := forwards.names():
            yield _(
                "ce que d’autres magasins ont déjà reçu (%(names)s) : Passeur y annule vos traces, mais ne "
                "peut pas les y effacer ; une trace annulée reste lisible là-bas tant que qui tient ce "
                "magasin ne l’a pas supprimée"
            ) % {"names": ", ".join(names)}

    def erase(self, member: Member, traces: Traces) -> None:
        erasing.erase(member, traces)
