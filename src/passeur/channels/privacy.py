"""What channels hold about a person: which accounts elsewhere are theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from passeur.accounts.protocols import Fate, Known, PersonalData, Traces, holds_personal_data
from passeur.accounts.services import take_out
from passeur.communities import queries as communities

from .models import Identity, ImportRun
from .services.forgetting import forget

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Json


@holds_personal_data
class OutsideAccounts(PersonalData):
    """Accounts in outside places."""

    order = 60
    covers = {
        "identity.member": "deleted; a keyed hash of the account's id stays: no import brings it back",
        "identity.external_id": "deleted with the identity",
        "forgotten.member": "the member without a name",
        "forgotten.digest": "a keyed hash, made when a person is erased",
        "importrun.problems": "the name is taken out",
        "importrun.counts": "numbers by kind of row",
    }

    def known(self, member: Member) -> Iterable[Known]:
        sight = communities.sight_of(member)
        for identity in Identity.objects.filter(member=member).select_related("channel__community"):
            place, named = self._place(identity, sight), sight.name(identity.channel.community)
            yield Known(
                _("Votre compte sur « %(place)s »") % {"place": place}
                if place
                else _("Votre compte ailleurs, dans une communauté que vous ne lisez plus"),
                _("Vous attribuer ce que vous y avez écrit"),
                _("Personne"),
                _("Tant que ce lieu est importé"),
                evidence=(_("Communauté « %(name)s »") % {"name": named},) if place else (),
            )

    def export(self, member: Member) -> Mapping[str, Json]:
        rows = Identity.objects.filter(member=member).select_related("channel").order_by("pk")
        sight = communities.sight_of(member)
        return {
            "accounts_elsewhere": [
                {"kind": row.channel.kind, "place": self._place(row, sight), "id": row.external_id}
                for row in rows
            ]
        }

    def _place(self, identity: Identity, sight: communities.Sight) -> str | None:
        """Where a private community was imported from is told to its members."""
        return identity.channel.address if sight.sees(identity.channel.community_id) else None

    def fate(self, member: Member) -> Fate:
        if not Identity.objects.filter(member=member).exists():
            return Fate()
        return Fate(
            goes=(_("le lien avec vos comptes ailleurs"),),
            stays=(
                _(
                    "une empreinte chiffrée de ces comptes, d’où rien ne se lit : grâce à elle,"
                    " un nouvel import ne vous fait pas revenir"
                ),
            ),
        )

    def erase(self, member: Member, traces: Traces) -> None:
        forget(member)
        take_out(ImportRun.objects.all(), "problems", traces=traces)
