"""What the desk holds about a person: who read a list with them in it, and what was done for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.accounts.protocols import Fate, Known, Move, PersonalData, Reading, Traces, holds_personal_data
from passeur.accounts.services import take_out
from passeur.communities import queries as communities
from passeur.foundation import dates

from .choices import About, Outcome
from .cues import rules
from .models import Consultation, Entry, Step
from .queries import cues_about

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Json

MOST = 50

PURPOSES = {
    "alone-everywhere": gettext_lazy("Pour vous mettre en lien avec quelqu’un"),
    "claim-waiting": gettext_lazy("Pour vous rendre ce que vous aviez écrit ailleurs"),
    "course-finished": gettext_lazy("Pour vous proposer de partager ce que vous avez retenu d’un cours"),
    "course-stuck": gettext_lazy("Pour vous proposer un coup de main sur un cours"),
    "gone-quiet": gettext_lazy("Pour prendre de vos nouvelles"),
    "never-exchanged": gettext_lazy("Pour un mot d’accueil"),
    "newcomer-unheard": gettext_lazy("Pour que votre premier message reçoive une réponse"),
    "not-accepted": gettext_lazy("Pour savoir si la réponse vous a aidé"),
    "not-helped": gettext_lazy("Pour que quelqu’un d’autre vous réponde"),
    "referral-expired": gettext_lazy("Pour que votre question aille à quelqu’un d’autre"),
    "waiting-question": gettext_lazy("Pour que votre question reçoive une réponse"),
    "worth-showing": gettext_lazy("Pour mettre en lumière ce que vous avez écrit"),
}
"""What a manager reads each list for, said to the person in it; other lists stand with their name alone."""
INFERRED = {
    "alone-everywhere": (
        gettext_lazy("Déduit de votre activité, ici et sur vos plateformes de formation, tout compris"),
        "engagement.company",
    ),
    "course-finished": (
        gettext_lazy("Déduit des traces de votre plateforme de formation"),
        "records.courses",
    ),
    "course-stuck": (gettext_lazy("Déduit des traces de votre plateforme de formation"), "records.courses"),
    "gone-quiet": (gettext_lazy("Déduit de vos messages et de leurs dates"), "engagement.company"),
    "never-exchanged": (
        gettext_lazy("Déduit de vos échanges dans cette communauté, sans aucun jusqu’ici"),
        "engagement.company",
    ),
}
"""Lists that rest on an inference: on what it rests, and the choice by which the person switches it off."""


@holds_personal_data
class Consulted(PersonalData):
    """Lists that a person stood in."""

    order = 40
    covers = {
        "consultation.member": "deleted",
        "consultation.reader": "kept for the people it is shown to, without a name",
        "step.by": "kept, without a name",
        "step.to": "kept, without a name",
        "step.undone_by": "kept, without a name",
        "step.subject": "gestures about the person are deleted; others name no one",
        "step.key": "as the subject",
        "step.title": "deleted with the gesture; elsewhere the name is taken out",
        "step.url": "deleted with the gesture; addresses hold keys, not names",
        "step.trace": "keys of what a gesture made",
        "entry.subject": "cues about the person are deleted; others name no one",
        "entry.key": "as the subject",
        "entry.rule": "as the subject",
        "entry.people": "keys without a name; judged again at once",
    }

    def known(self, member: Member) -> Iterable[Known]:
        names = {rule.name: str(rule.label) for rule in rules()}
        sight = communities.sight_of(member)
        for cue in cues_about(member)[:MOST]:
            yield Known(
                _("Signal « %(list)s » depuis le %(day)s")
                % {"list": cue.list_name, "day": dates.day_and_month(timezone.localdate(cue.since))},
                str(PURPOSES.get(cue.rule, _("Qu’on ne vous laisse pas sans réponse"))),
                _("Qui anime « %(community)s »") % {"community": sight.name(cue.community)},
                _("Jusqu’à ce que la raison passe"),
                **self._inferred(cue.rule),
            )
        for step in self._about(member).select_related("by", "community", "conversation")[:MOST]:
            yield Known(
                _("Signal « %(list)s » du %(day)s")
                % {
                    "list": names.get(step.rule, step.rule),
                    "day": dates.day_and_month(timezone.localdate(step.at)),
                },
                _("Qu’on ne vous laisse pas sans réponse"),
                _("Qui anime « %(community)s »") % {"community": sight.name(step.community)},
                self._until(step),
                evidence=(step.reads,) if sight.sees(step.community_id) else (),
            )

    def _inferred(self, rule: str) -> dict[str, Any]:
        if rule not in INFERRED:
            return {}
        evidence, choice = INFERRED[rule]
        return {
            "is_inferred": True,
            "evidence": (str(evidence),),
            "moves": (
                Move(
                    _("Ne plus s’en servir"),
                    reverse("accounts:choose"),
                    posts=True,
                    fields=(("key", choice),),
                ),
            ),
        }

    def readings(self, member: Member) -> Iterable[Reading]:
        names = {rule.name: str(rule.label) for rule in rules()}
        rows = Consultation.objects.filter(member=member).select_related("reader", "community")
        sight = communities.sight_of(member)
        for row in rows.order_by("-day", "-pk")[:MOST]:
            purpose = " · ".join(
                str(part) for part in (PURPOSES.get(row.rule, ""), sight.name(row.community)) if part
            )
            reader = row.reader.name if sight.sees(row.community_id) else _("Qui anime")
            yield Reading(reader, names.get(row.rule, row.rule), purpose, row.day)

    def export(self, member: Member) -> Mapping[str, Json]:
        read = Consultation.objects.filter(member=member).select_related("reader", "community")
        sight = communities.sight_of(member)
        return {
            "lists_read": [
                {
                    "reader": row.reader.name if sight.sees(row.community_id) else None,
                    "list": row.rule,
                    "community": sight.slug(row.community),
                    "day": row.day,
                }
                for row in read.order_by("day", "pk")
            ],
            "cues_now": [
                {
                    "list": cue.rule,
                    "community": sight.slug(cue.community),
                    "since": cue.since,
                    "until": cue.until,
                }
                for cue in cues_about(member)
            ],
            "cues": [
                {
                    "list": step.rule,
                    "title": step.reads if sight.sees(step.community_id) else None,
                    "community": sight.slug(step.community),
                    "what_was_done": step.move,
                    "at": step.at,
                    "undone_at": step.undone_at,
                }
                for step in self._about(member).select_related("community", "conversation")
            ],
        }

    def fate(self, member: Member) -> Fate:
        return Fate(goes=(_("les listes où vous étiez, et qui les a lues"),))

    def erase(self, member: Member, traces: Traces) -> None:
        Consultation.objects.filter(member=member).delete()
        self._about(member).delete()
        Entry.objects.filter(subject=f"{About.MEMBER}:{member.pk}").delete()
        take_out(Step.objects.all(), "title", traces=traces)

    def _about(self, member: Member) -> QuerySet[Step]:
        """Gestures on cues about the person."""
        return Step.objects.filter(Q(subject=f"member:{member.pk}")).order_by("-at", "-pk")

    def _until(self, step: Step) -> str:
        if step.undone_at is not None:
            return _("Annulé %(day)s") % {
                "day": dates.on_day(timezone.localdate(step.undone_at), with_year=False)
            }
        if step.outcome == Outcome.DONE:
            return _("Traité %(day)s") % {"day": dates.on_day(timezone.localdate(step.at), with_year=False)}
        return _("Mis de côté jusqu’au %(day)s") % {
            "day": dates.day_and_month(timezone.localdate(step.until))
        }
