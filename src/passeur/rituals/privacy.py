"""What rituals hold about a person: those they see to, and the times they did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.accounts.protocols import Fate, Known, PersonalData, Traces, holds_personal_data
from passeur.accounts.services import take_out
from passeur.communities import queries as communities

from . import queries
from .models import Occurrence, Ritual

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Json


@holds_personal_data
class Rituals(PersonalData):
    """Rituals one sees to. Who took part is counted, never named."""

    order = 56
    covers = {
        "ritual.owner": "emptied",
        "ritual.substitute": "emptied",
        "ritual.title": "the name is taken out",
        "ritual.text": "the name is taken out",
        "ritual.place": "the name is taken out",
        "occurrence.done_by": "emptied",
    }

    def known(self, member: Member) -> Iterable[Known]:
        count = queries.held_by(member).count()
        if count:
            yield Known(
                ngettext(
                    "%(n)s rituel dont vous avez la charge", "%(n)s rituels dont vous avez la charge", count
                )
                % {"n": count},
                _("Vous les rappeler, et prévenir qui prend le relais"),
                _("Vous, et qui anime la communauté"),
                _("Tant que vous en avez la charge"),
            )

    def export(self, member: Member) -> Mapping[str, Json]:
        rituals = Ritual.objects.filter(Q(owner=member) | Q(substitute=member)).select_related("community")
        done = Occurrence.objects.filter(done_by=member).select_related("ritual")
        sight = communities.sight_of(member)
        return {
            "in_charge_of": (
                {
                    "title": one.title if sight.sees(one.community_id) else None,
                    "community": sight.slug(one.community),
                    "as": "owner" if one.owner_id == member.pk else "substitute",
                }
                for one in rituals.order_by("pk").iterator(chunk_size=500)
            ),
            "held": (
                {
                    "title": one.ritual.title if sight.sees(one.ritual.community_id) else None,
                    "day": one.day,
                }
                for one in done.order_by("pk").iterator(chunk_size=500)
            ),
        }

    def fate(self, member: Member) -> Fate:
        return Fate(stays=(_("les rituels dont vous aviez la charge, sans votre nom"),))

    def erase(self, member: Member, traces: Traces) -> None:
        near = Q(owner=member) | Q(substitute=member)
        take_out(Ritual.objects.all(), "title", "text", "place", traces=traces, near=near)
        Ritual.objects.filter(owner=member).update(owner=None)
        Ritual.objects.filter(substitute=member).update(substitute=None)
        Occurrence.objects.filter(done_by=member).update(done_by=None)
