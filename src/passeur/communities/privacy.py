"""What communities hold about a person: where they belong, how they came in, what they claimed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from passeur.accounts.protocols import Fate, Known, Move, PersonalData, Traces, holds_personal_data
from passeur.accounts.services import take_out
from passeur.foundation import dates

from .models import Charter, Claim, Community, Invitation, Membership
from .queries import sight_of

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Json


@holds_personal_data
class Belonging(PersonalData):
    """Memberships, invitations, claims."""

    order = 20
    covers = {
        "membership.member": "deleted",
        "membership.left_by": "kept, without a name",
        "invitation.email": "deleted with the invitation",
        "invitation.name": "deleted with the invitation",
        "invitation.claims": "deleted with the invitation",
        "invitation.invited_by": "kept, without a name",
        "invitation.accepted_by": "deleted with the invitation",
        "claim.claimant": "deleted",
        "claim.imported": "deleted",
        "claim.decided_by": "kept, without a name",
        "claim.proof": "deleted with the claim; elsewhere the name is taken out",
        "claim.reason": "deleted with the claim; elsewhere the name is taken out",
        "charter.text": "the name is taken out",
        "charter.published_by": "kept, without a name",
        "community.name": "the name is taken out",
        "community.purpose": "the name is taken out",
    }

    def known(self, member: Member) -> Iterable[Known]:
        rows = Membership.objects.filter(member=member, left_at=None).select_related("community")
        for row in rows.order_by("community__name", "pk"):
            yield Known(
                _("Membre de « %(community)s », rôle : %(role)s")
                % {"community": row.community.name, "role": row.get_role_display()},
                _("Vous ouvrir ses échanges"),
                _("Les membres de la communauté, et qui administre Passeur"),
                _("Jusqu’à votre départ"),
                (Move(_("Quitter"), reverse("communities:leave", args=[row.community.slug])),),
                (_("Depuis le %(day)s") % {"day": dates.day_and_month(timezone.localdate(row.joined_at))},),
            )
        sight = sight_of(member)
        for claim in Claim.objects.filter(claimant=member).select_related("imported", "community"):
            claimed = claim.imported.name if sight.sees(claim.community_id) else "…"
            yield Known(
                _("Vous avez dit être « %(name)s »") % {"name": claimed},
                _("Vous rendre ce que vous aviez écrit ailleurs"),
                _("Qui anime « %(community)s »") % {"community": sight.name(claim.community)},
                _("Tant que vous avez un compte"),
                evidence=(str(claim.get_state_display()),),
            )

    def export(self, member: Member) -> Mapping[str, Json]:
        memberships = Membership.objects.filter(member=member).select_related("community").order_by("pk")
        invitations = Invitation.objects.filter(self._invited(member)).select_related("community")
        claims = Claim.objects.filter(claimant=member).select_related("community", "imported")
        sight = sight_of(member)
        return {
            "memberships": [
                {
                    "community": sight.slug(row.community),
                    "role": row.role,
                    "joined_at": row.joined_at,
                    "left_at": row.left_at,
                    "charter_version": row.charter_version,
                }
                for row in memberships
            ],
            "invitations": [
                {
                    "community": sight.slug(row.community),
                    "address": row.email,
                    "name": row.name,
                    "language": row.language,
                    "role": row.role,
                    "created_at": row.created_at,
                    "accepted_at": row.accepted_at,
                }
                for row in invitations.order_by("pk")
            ],
            "claims": [
                {
                    "community": sight.slug(row.community),
                    "claimed": row.imported.name if sight.sees(row.community_id) else None,
                    "proof": row.proof,
                    "state": row.state,
                    "asked_at": row.asked_at,
                    "reason": row.reason if sight.sees(row.community_id) else None,
                }
                for row in claims.order_by("pk")
            ],
        }

    def fate(self, member: Member) -> Fate:
        return Fate(goes=(_("votre appartenance à chaque communauté, vos invitations"),))

    def erase(self, member: Member, traces: Traces) -> None:
        Membership.objects.filter(member=member).delete()
        Invitation.objects.filter(self._invited(member) | Q(claims=member)).delete()
        Claim.objects.filter(Q(claimant=member) | Q(imported=member)).delete()
        take_out(Claim.objects.all(), "proof", "reason", traces=traces)
        take_out(Charter.objects.all(), "text", traces=traces)
        take_out(Community.objects.all(), "name", "purpose", traces=traces)

    def _invited(self, member: Member) -> Q:
        return Q(accepted_by=member) | (Q(email=member.email) if member.email else Q(pk__in=[]))
