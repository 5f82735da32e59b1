"""Somebody says that an imported member is them, and waits for an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.communities.queries.scopes import claims, open_claims_in
from passeur.foundation.icons import Icon

from ..choices import About
from . import moves
from .cue import Cue, Ground, Reason, Rule
from .subjects import Ident, Subject

if TYPE_CHECKING:
    from passeur.communities.models import Community


class ClaimWaiting(Rule):
    """A claim that no LCM of the community has decided yet; gone as soon as one did."""

    name = "claim-waiting"
    label = gettext_lazy("Compte à rattacher")
    icon = Icon("user-check")
    rest = dt.timedelta(days=2)
    about = About.CLAIM

    def candidates(self, community: Community, now: dt.datetime) -> Iterable[Ident]:
        return open_claims_in([community]).values_list("pk", flat=True)

    def judge(self, ground: Ground, subjects: Sequence[Subject]) -> Iterable[Cue]:
        for claim in claims(int(subject.ident) for subject in subjects):
            community = ground.by_pk.get(claim.community_id)
            if community is None:
                continue
            page = reverse("communities:claims", args=[community.slug])
            yield Cue(
                rule=self,
                community=community,
                key=f"{self.name}:{claim.pk}",
                subject=f"claim:{claim.pk}",
                since=claim.asked_at,
                title=_("%(name)s dit être « %(imported)s »")
                % {"name": claim.claimant.name, "imported": claim.imported.name},
                url=page,
                why=format_html(_("Sa preuve : <b>{proof}</b>"), proof=claim.proof),
                reasons=[Reason(_("Une personne attend votre décision"), 2)],
                moves=[moves.leads_to("decide", gettext_lazy("Décider"), page)],
                waiting=claim.claimant_id,
            )


RULE = ClaimWaiting()
