"""What expertise holds about a person: what their answers have shown, and what they were asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.accounts.protocols import Fate, Known, Move, PersonalData, Traces, holds_personal_data
from passeur.communities import queries as communities
from passeur.foundation import dates

from . import policies, services
from .choices import Scope
from .models import Contest, Listing, Referral, Tally
from .queries.contests import contests_of
from .queries.demonstrated import demonstrated_by
from .services.erasing import erase_expert

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Json

MOST = 40


@holds_personal_data
class Shown(PersonalData):
    """Expertise inferred from answers, lists made for routing, requests."""

    order = 15
    covers = {
        "contest.member": "deleted",
        "share.person": "deleted; evidence is counted again without them",
        "tally.person": "deleted; evidence is counted again without them",
        "tally.key": "deleted where it is the person",
        "exchange.asker": "kept, without a name, until evidence is counted again",
        "exchange.themes": "keys of themes",
        "exchange.broader": "keys of themes",
        "textentry.person": "kept, without a name, until evidence is counted again",
        "textentry.object_id": "key of a text",
        "themecount.last": "the person is taken out",
        "listing.order": "the person is taken out",
        "listing.greyed": "the person is taken out",
        "listing.why": "the person is taken out, and their name",
        "referral.member": "kept, without a name, a reason or words",
        "referral.asked_by": "kept, without a name",
        "referral.better": "emptied",
        "referral.decline_words": "emptied; elsewhere the name is taken out",
        "referral.reasons": "emptied; elsewhere the name is taken out",
        "block.positions": "numbers of texts",
        "block.frequencies": "counts of words",
        "block.lengths": "counts of words",
        "evidence.weights": "weights of the community",
        "evidence.totals": "sums over the community",
        "routingmeasure.report": "figures of the community",
    }

    def known(self, member: Member) -> Iterable[Known]:
        yield from self._inferred(member)
        yield from self._contested(member)
        for referral in (
            Referral.objects.filter(policies.visible_to(member), member=member)
            .select_related("conversation__community", "asked_by")
            .order_by("-made_at")[:MOST]
        ):
            yield Known(
                _("On vous a adressé « %(title)s »") % {"title": referral.conversation.title},
                _("Vous faire rencontrer qui a besoin de vous"),
                _("Les membres de « %(community)s »") % {"community": referral.conversation.community.name},
                _("Tant que l’échange existe"),
                (Move(_("Voir"), reverse("conversations:detail", args=[referral.conversation_id])),),
                (
                    _("%(state)s, %(day)s")
                    % {
                        "state": referral.get_state_display(),
                        "day": dates.on_day(timezone.localdate(referral.made_at), with_year=True),
                    },
                ),
            )
        if count := self._listed(member):
            yield Known(
                ngettext(
                    "Votre nom est dans la liste de qui pourrait répondre à %(n)s question",
                    "Votre nom est dans la liste de qui pourrait répondre à %(n)s questions",
                    count,
                )
                % {"n": count},
                _("Qu’une question aille à qui sait"),
                _("Qui a posé la question, qui anime, les référents"),
                _("Jusqu’à la réponse ; ou tant que vous recevez des questions"),
                (Move(_("Couper"), reverse("accounts:known") + "#choix"),),
                is_inferred=True,
            )

    def export(self, member: Member) -> Mapping[str, Json]:
        tallies = Tally.objects.filter(person=member, scope=Scope.THEME).order_by("community_id", "key")
        referrals = Referral.objects.filter(member=member).select_related("asked_by", "conversation")
        sight = communities.sight_of(member)
        return {
            "demonstrated": [
                {"theme_id": tally.key, "answers": tally.answers, "accepted": tally.accepted}
                for tally in tallies
            ],
            "contested": [
                {
                    "theme": row.theme.name if sight.sees(row.theme.community_id) else None,
                    "theme_id": row.theme.pk,
                    "at": row.contested_at,
                }
                for row in contests_of(member)
            ],
            "requests": [
                {
                    "conversation": row.conversation_id,
                    "asked_by": row.asked_by.name if row.asked_by and seen else None,
                    "state": row.state,
                    "made_at": row.made_at,
                    "decided_at": row.decided_at,
                    "reason": row.decline_reason,
                    "words": row.decline_words,
                    "why_you": row.reasons if seen else [],
                }
                for row in referrals.order_by("pk")
                for seen in [sight.sees(row.conversation.community_id)]
            ],
            "lists_for_questions": list(
                Listing.objects.filter(self._in_list(member))
                .order_by("conversation_id")
                .values_list("conversation_id", flat=True)
            ),
        }

    def fate(self, member: Member) -> Fate:
        return Fate(goes=(_("ce que Passeur déduisait de vos réponses, et les demandes qui vous attendent"),))

    def erase(self, member: Member, traces: Traces) -> None:
        services.release(member.pk)
        Contest.objects.filter(member=member).delete()
        erase_expert(member, traces)

    def _inferred(self, member: Member) -> Iterable[Known]:
        here = list(communities.common_communities(member, member))
        names = {community.slug: community.name for community in here}
        for shown in demonstrated_by(member, here, most=MOST):
            answers = ngettext("%(n)s réponse", "%(n)s réponses", shown.answers) % {"n": shown.answers}
            accepted = ngettext("%(n)s acceptée", "%(n)s acceptées", shown.accepted) % {"n": shown.accepted}
            yield Known(
                _("Expertise « %(theme)s », démontrée") % {"theme": shown.name},
                _("Vous adresser les bonnes questions"),
                _("Les membres de « %(community)s »") % {"community": names.get(shown.community, "")},
                _("Tant que vous l’acceptez"),
                (
                    Move(_("Contester"), reverse("expertise:contest", args=[shown.theme]), posts=True),
                    Move(
                        _("Voir"),
                        reverse("skills:theme", args=[shown.community, shown.slug]),
                    ),
                ),
                (f"{answers}, {accepted}",),
                is_inferred=True,
            )

    def _contested(self, member: Member) -> Iterable[Known]:
        sight = communities.sight_of(member)
        for row in contests_of(member):
            if not sight.sees(row.theme.community_id):
                continue
            yield Known(
                _("Expertise « %(theme)s », écartée par vous") % {"theme": row.theme.name},
                _("Ne plus vous l’attribuer"),
                _("Vous et personne d’autre"),
                _("Tant que vous le voulez"),
                (
                    Move(
                        _("Accepter de nouveau"),
                        reverse("expertise:accept_again", args=[row.theme.pk]),
                        posts=True,
                    ),
                ),
                is_inferred=True,
            )

    def _listed(self, member: Member) -> int:
        open_states = ("open", "answered", "reopened")
        return Listing.objects.filter(self._in_list(member), conversation__state__in=open_states).count()

    def _in_list(self, member: Member) -> Q:
        """Lists whose `why` names the person: those put forward, with their reasons."""
        return Q(why__has_key=str(member.pk))
