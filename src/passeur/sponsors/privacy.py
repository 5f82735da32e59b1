"""What this room holds about a person: that a report goes to their address, and whom they named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.accounts.protocols import Fate, Known, PersonalData, Traces, holds_personal_data

from .models import Sponsor

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Json


@holds_personal_data
class Sponsors(PersonalData):
    """Addresses that reports go to. They need no account; those of members are told and erased with them."""

    order = 65
    covers = {
        "sponsor.email": "deleted, with what was sent there",
        "sponsor.serial": "deleted with the address",
        "sponsor.named_by": "emptied",
        "told.figures": "numbers about groups of ten people and more, of nobody",
        "told.before": "the same",
    }

    def known(self, member: Member) -> Iterable[Known]:
        count = Sponsor.objects.filter(email=member.email or "").count()
        if count:
            yield Known(
                ngettext(
                    "Votre adresse, pour le rapport mensuel de %(n)s communauté",
                    "Votre adresse, pour le rapport mensuel de %(n)s communautés",
                    count,
                )
                % {"n": count},
                _("Vous envoyer ce rapport, si vous avez dit oui"),
                _("Qui anime la communauté, et vous"),
                _("Jusqu’à ce que votre adresse soit retirée"),
            )

    def export(self, member: Member) -> Mapping[str, Json]:
        mine = Sponsor.objects.filter(email=member.email or "").select_related("community")
        named = Sponsor.objects.filter(named_by=member).select_related("community")
        return {
            "reports_received": (
                {
                    "community": one.community.name,
                    "named_at": one.named_at,
                    "confirmed_at": one.confirmed_at,
                    "left_at": one.left_at,
                    "sent": [
                        f"{month:%Y-%m}"
                        for month in one.editions.exclude(sent_at=None).values_list("month", flat=True)
                    ],
                }
                for one in mine.order_by("pk")
            ),
            "sponsors_named": (
                {"community": one.community.slug, "named_at": one.named_at} for one in named.order_by("pk")
            ),
        }

    def fate(self, member: Member) -> Fate:
        return Fate(goes=(_("votre adresse, là où un rapport mensuel lui était envoyé"),))

    def erase(self, member: Member, traces: Traces) -> None:
        if member.email:
            Sponsor.objects.filter(email=member.email).delete()
        Sponsor.objects.filter(named_by=member).update(named_by=None)
