"""Kinds for what happens in the rooms below: a role given, a claim decided."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from passeur.communities import queries as communities
from passeur.communities.choices import ClaimState
from passeur.foundation.icons import Icon

from .protocols import Kind, Line, Told, register

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def _own(member: Member, objects: Collection[int]) -> set[int]:
    """Communities that the person belongs to now."""
    mine = communities.memberships_of(member).filter(community__in=objects)
    return set(mine.values_list("community_id", flat=True))


def _role_lines(member: Member, told: Sequence[Told]) -> dict[int, Line]:
    """The role as it is now, whatever it was in between."""
    wanted = [one.object for one in told]
    return {
        membership.community_id: Line(
            words=gettext("Votre rôle est maintenant : %(role)s") % {"role": membership.get_role_display()},
            url=membership.community.get_absolute_url(),
            title=membership.community.name,
        )
        for membership in communities.memberships_of(member).filter(community__in=wanted)
    }


def _decided(member: Member, objects: Collection[int]) -> set[int]:
    """One's own claims, in communities one still sees."""
    return set(communities.claims_answered_to(member).filter(pk__in=objects).values_list("pk", flat=True))


def _claim_lines(member: Member, told: Sequence[Told]) -> dict[int, Line]:
    claims = communities.claims_answered_to(member).filter(pk__in=[one.object for one in told])
    return {
        claim.pk: Line(
            words=gettext("Les contributions de %(name)s sont maintenant à votre nom")
            % {"name": claim.imported.name}
            if claim.state == ClaimState.ACCEPTED
            else gettext("Les contributions de %(name)s ne sont pas à votre nom")
            % {"name": claim.imported.name},
            url=reverse("accounts:profile", args=[member.pk]),
            title=claim.community.name,
            details=[gettext("Le motif donné : %(reason)s") % {"reason": claim.reason}]
            if claim.reason
            else [],
        )
        for claim in claims
    }


ROLE = register(
    Kind(
        slug="role",
        label=_("Rôle dans une communauté"),
        description=_("On vous confie un autre rôle."),
        icon=Icon("badge-check"),
        still_due=_own,
        lines=_role_lines,
        order=80,
    )
)

CLAIM = register(
    Kind(
        slug="claim",
        label=_("Réponse à une demande de rapprochement"),
        description=_("Vous avez dit que des contributions importées étaient les vôtres."),
        icon=Icon("user-search"),
        still_due=_decided,
        lines=_claim_lines,
        patience=60,
        order=90,
    )
)
