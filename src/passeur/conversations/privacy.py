"""What conversations hold about a person: what they wrote, followed, reacted to, and who named them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.accounts.protocols import (
    Choice,
    Fate,
    Known,
    Move,
    PersonalData,
    Traces,
    holds_personal_data,
)
from passeur.communities import queries as communities
from passeur.engagement.choices import Milestone
from passeur.foundation import dates

from .choices import Part
from .models import Contribution, Conversation, Follow, Mention, Reaction, ReadMark, Revision, Verification
from .queries import milestones
from .services.erasing import erase_author
from .services.sharing import let_see

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Json

NOT_TOLD = Q(deleted_at=None)
FIRST_ACCEPTED, MILESTONES = "conversations.first_accepted", "conversations.milestones"


@holds_personal_data
class Written(PersonalData):
    """Contributions and what stands around them."""

    order = 10
    covers = {
        "contribution.author": "kept, without a name",
        "contribution.body": "kept if it stands; the name is taken out of it, and of everybody else's",
        "contribution.html": "made again from the text",
        "contribution.edited_by": "kept, without a name",
        "contribution.deleted_by": "kept, without a name",
        "contribution.external_id": "the outside place's number of the message",
        "conversation.author": "kept, without a name",
        "conversation.title": "kept; the name is taken out",
        "conversation.title_aside": "kept; the name is taken out",
        "conversation.accepted_by": "kept, without a name",
        "conversation.closed_by": "kept, without a name",
        "conversation.external_id": "the outside place's number of the thread",
        "revision.author": "their own earlier versions are deleted",
        "revision.title": "deleted, or the name is taken out",
        "revision.body": "deleted, or the name is taken out",
        "reaction.member": "kept, without a name: it is what an answer did for somebody",
        "follow.member": "deleted",
        "mention.member": "deleted",
        "readmark.member": "deleted",
        "milestonesight.member": "deleted",
        "spotlight.by": "kept, without a name",
        "spotlight.reason": "the name is taken out",
        "verification.member": "kept, without a name: others rely on what was said of a text",
        "verification.reason": "the name is taken out",
        "searchmiss.words": "deleted where they are the person's name",
        "searchmiss.folded": "deleted with the words",
        "searchdocument.words": "made again from the texts",
        "searchdocument.contributions": "keys of contributions",
        "searchdocument.starts": "places in the text",
    }

    def known(self, member: Member) -> Iterable[Known]:
        members, yours = _("Les membres de la communauté"), _("Vous et personne d’autre")
        if count := self._contributions(member).count():
            yield Known(
                ngettext("Votre contribution", "Vos %(n)s contributions", count) % {"n": count},
                _("Aider vos collègues"),
                members,
                _("Vous décidez"),
                (Move(_("Voir"), reverse("accounts:profile", args=[member.pk])),),
            )
        if count := Reaction.objects.filter(member=member).count():
            yield Known(
                ngettext("%(n)s merci ou « m’a aidé »", "%(n)s mercis et « m’a aidé »", count) % {"n": count},
                _("Dire à qui répond ce que sa réponse a changé"),
                members,
                _("Vous décidez"),
            )
        if count := Follow.objects.filter(member=member).count():
            yield Known(
                ngettext("%(n)s échange suivi", "%(n)s échanges suivis", count) % {"n": count},
                _("Vous prévenir d’une réponse"),
                yours,
                _("Tant que vous le suivez"),
                (Move(_("Voir"), reverse("conversations:everywhere")),),
            )
        if count := ReadMark.objects.filter(member=member).count():
            yield Known(
                ngettext(
                    "L’endroit où vous avez arrêté de lire, dans %(n)s échange",
                    "L’endroit où vous avez arrêté de lire, dans %(n)s échanges",
                    count,
                )
                % {"n": count},
                _("Vous y ramener"),
                yours,
                _("Tant que l’échange existe"),
            )
        if count := Verification.objects.filter(member=member).count():
            yield Known(
                ngettext(
                    "%(n)s texte dont vous avez dit s’il est encore vrai",
                    "%(n)s fois où vous avez dit si un texte est encore vrai",
                    count,
                )
                % {"n": count},
                _("Que chacun sache à quoi se fier"),
                members,
                _("Vous pouvez retirer ce que vous avez dit en dernier"),
            )
        if count := Mention.objects.filter(member=member).count():
            yield Known(
                ngettext("%(n)s message vous nomme", "%(n)s messages vous nomment", count) % {"n": count},
                _("Vous le signaler"),
                members,
                _("Tant que le message existe"),
            )

        if reached := milestones.reached(member, seen_by=member):
            yield Known(
                _("Ce que vous avez fait ici pour la première fois"),
                _("Vous montrer le chemin fait, sans points ni classement"),
                self._who_reads(member),
                _("Tant que l’échange existe"),
                (
                    Move(_("Voir"), reverse("accounts:profile", args=[member.pk]) + "#paliers"),
                    Move(_("Choisir qui le voit"), reverse("accounts:known") + "#choix"),
                ),
                tuple(f"{one.milestone.label}, {dates.on_day(one.day, with_year=True)}" for one in reached),
                is_inferred=True,
            )

    def _who_reads(self, member: Member) -> str:
        shared = milestones.shared_by(member)
        if not shared:
            return _("Vous et personne d’autre")
        if len(shared) == len(Milestone):
            return _("Qui peut lire l’échange")
        if Milestone.ACCEPTED in shared:
            return _("Vous ; votre première réponse acceptée, qui peut lire l’échange")
        return _("Qui peut lire l’échange, sauf votre première réponse acceptée")

    def choices(self, member: Member) -> Iterable[Choice]:
        shared = milestones.shared_by(member)
        yield Choice(
            FIRST_ACCEPTED,
            _("Montrer ma première réponse acceptée"),
            _("Sur votre profil, à qui peut lire l’échange. Sans cela, vous seul la voyez."),
            Milestone.ACCEPTED in shared,
        )
        yield Choice(
            MILESTONES,
            _("Montrer mes autres paliers"),
            _("Première question, première réponse, première expérience : vous seul les voyez, sans cela."),
            Milestone.QUESTION in shared,
        )

    def choose(self, member: Member, key: str, *, on: bool) -> bool:
        if key == FIRST_ACCEPTED:
            let_see(by=member, accepted=on)
        elif key == MILESTONES:
            let_see(by=member, rest=on)
        else:
            return False
        return True

    def export(self, member: Member) -> Mapping[str, Json]:
        revisions = Revision.objects.filter(author=member).order_by("contribution_id", "version")
        follows = Follow.objects.filter(member=member).order_by("pk")
        reactions = Reaction.objects.filter(member=member).order_by("pk")
        marks = ReadMark.objects.filter(member=member).order_by("pk")
        mentions = Mention.objects.filter(member=member).order_by("pk")
        verifications = Verification.objects.filter(member=member).order_by("pk")
        return {
            "contributions": self._told(member),
            "earlier_versions": (
                {
                    "contribution": revision.contribution_id,
                    "version": revision.version,
                    "title": revision.title,
                    "text": revision.body,
                    "markup": revision.markup,
                    "written_at": revision.created_at,
                }
                for revision in revisions.iterator(chunk_size=500)
            ),
            "reactions": (
                {"contribution": contribution, "meaning": meaning, "at": at}
                for contribution, meaning, at in reactions.values_list(
                    "contribution_id", "meaning", "created_at"
                ).iterator(chunk_size=2000)
            ),
            "follows": (
                {"conversation": pk, "since": at}
                for pk, at in follows.values_list("conversation_id", "created_at").iterator(chunk_size=2000)
            ),
            "read_until": (
                {"conversation": pk, "until": at}
                for pk, at in marks.values_list("conversation_id", "read_until").iterator(chunk_size=2000)
            ),
            "verifications": (
                {"contribution": contribution, "holds": holds, "reason": reason, "at": at}
                for contribution, holds, reason, at in verifications.values_list(
                    "contribution_id", "holds", "reason", "created_at"
                ).iterator(chunk_size=2000)
            ),
            "named_in": (
                {"contribution": pk}
                for pk in mentions.values_list("contribution_id", flat=True).iterator(chunk_size=2000)
            ),
            "milestones": [
                {
                    "milestone": one.milestone.value,
                    "at": one.at,
                    "conversation": one.conversation.pk,
                    "contribution": one.answer,
                }
                for one in milestones.reached(member)
            ],
            "milestones_others_see": sorted(one.value for one in milestones.shared_by(member)),
        }

    def fate(self, member: Member) -> Fate:
        return Fate(
            goes=(
                _("les versions d’avant de vos messages, et ceux que vous aviez retirés"),
                _("les endroits où d’autres vous nomment : « Membre parti » prend la place de votre nom"),
                _("ce que vous suivez, et où vous en étiez de vos lectures"),
            ),
            stays=(_("ce que vous avez écrit, sous « Membre parti » : d’autres s’appuient dessus"),),
        )

    def erase(self, member: Member, traces: Traces) -> None:
        erase_author(member, traces)

    def _contributions(self, member: Member) -> QuerySet[Contribution]:
        return Contribution.objects.filter(NOT_TOLD, author=member)

    def _told(self, member: Member) -> Iterator[dict[str, Json]]:
        sight = communities.sight_of(member)
        accepted = Conversation.objects.filter(accepted_answer=OuterRef("pk"))
        rows = (
            Contribution.objects.filter(author=member)
            .select_related("conversation__community")
            .annotate(is_accepted=Exists(accepted))
            .order_by("pk")
        )
        for row in rows.iterator(chunk_size=500):
            # Their own words are theirs to take; the title that somebody else gave is not, once they left.
            named = row.part == Part.OPENING or sight.sees(row.conversation.community_id)
            yield {
                "id": row.pk,
                "conversation": row.conversation_id,
                "kind": row.conversation.kind,
                "title": row.conversation.words if named else None,
                "community": sight.slug(row.conversation.community),
                "part": row.part,
                "text": row.body,
                "markup": row.markup,
                "created_at": row.created_at,
                "edited_at": row.edited_at,
                "deleted_at": row.deleted_at,
                "accepted": row.is_accepted,
            }
