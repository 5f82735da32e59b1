"""What introductions hold about a person: whom they were proposed to, and what they wrote there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from passeur.accounts.protocols import Fate, Known, Move, PersonalData, Traces, holds_personal_data
from passeur.accounts.services import take_out
from passeur.communities import queries as communities

from .choices import State
from .models import Introduction, Message

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Json


@holds_personal_data
class Introductions(PersonalData):
    """Introductions and the exchanges that follow."""

    order = 55
    covers = {
        "introduction.first": "deleted, unless the exchange is open: kept for the other, without a name",
        "introduction.second": "deleted, unless the exchange is open: kept for the other, without a name",
        "introduction.proposed_by": "kept, without a name",
        "introduction.reason": "deleted with it; elsewhere the name is taken out",
        "introduction.found": "names of themes; deleted with it",
        "message.author": "kept for the other, without a name",
        "message.text": "kept for the other; the name is taken out",
    }

    def known(self, member: Member) -> Iterable[Known]:
        count = _of(member).count()
        if count:
            yield Known(
                ngettext("%(n)s présentation", "%(n)s présentations", count) % {"n": count},
                _("Vous faire rencontrer quelqu’un qui a les mêmes sujets"),
                _("Vous deux ; qui anime la communauté ne voit ni vos réponses ni vos messages"),
                _("Tant que vous avez un compte ; un refus est oublié au bout de deux semaines"),
                (
                    Move(_("Voir"), reverse("introductions:mine")),
                    Move(_("Ne plus être proposé"), reverse("accounts:preferences")),
                ),
                is_inferred=_of(member).filter(by_passeur=True).exists(),
            )

    def export(self, member: Member) -> Mapping[str, Json]:
        sight = communities.sight_of(member)
        return {
            "introductions": (
                {
                    "with": one.other(member).name if one.state == State.OPEN or seen else None,
                    "community": sight.slug(one.community),
                    "proposed_at": one.created_at,
                    "state": one.state,
                    "your_answer": one.answer_of(member) or None,
                    "reason": one.reason if seen else None,
                    "found": [[why, names] for why, _who, names in one.found] if seen else [],
                    "opened_at": one.opened_at,
                }
                for one in _of(member)
                .select_related("first", "second", "community")
                .order_by("pk")
                .iterator(chunk_size=500)
                for seen in [sight.sees(one.community_id)]
            ),
            "messages": (
                {"introduction": one.introduction_id, "text": one.text, "at": one.created_at}
                for one in Message.objects.filter(author=member).order_by("pk").iterator(chunk_size=500)
            ),
        }

    def fate(self, member: Member) -> Fate:
        return Fate(
            goes=(_("les présentations qui vous étaient proposées"),),
            stays=(_("ce que vous avez écrit à une personne rencontrée, pour elle seule, sans votre nom"),),
        )

    def erase(self, member: Member, traces: Traces) -> None:
        _of(member).exclude(state=State.OPEN).delete()
        mine = Q(introduction__first=member) | Q(introduction__second=member)
        take_out(Message.objects.all(), "text", traces=traces, near=mine)
        take_out(Introduction.objects.all(), "reason", traces=traces, near=Q(first=member) | Q(second=member))


def _of(member: Member) -> QuerySet[Introduction]:
    return Introduction.objects.filter(Q(first=member) | Q(second=member))
