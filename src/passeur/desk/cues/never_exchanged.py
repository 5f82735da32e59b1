"""A member who joined some time ago and has not exchanged with anyone yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.foundation import dates
from passeur.foundation.icons import Icon

from ..choices import Horizon
from . import moves, questions
from .cue import Cue, Reason, Rule, Scope
from .people import Belonging, Neighbourhood, ask_to_reach, belongings, near_by

if TYPE_CHECKING:
    from passeur.accounts.models import Member

AFTER, BEFORE, PRESSING = 5, 90, 14
"""Days since joining: looked at from, until, and in today's list until."""


class NeverExchanged(Rule):
    """No tie in or out since joining (MEASURES, Isolated). The entry ends by itself after three months."""

    name = "never-exchanged"
    label = gettext_lazy("Personne seule")
    icon = Icon("sprout")
    rest = dt.timedelta(days=14)

    def find(self, scope: Scope) -> Iterable[Cue]:
        for one in belongings(scope):
            if self._is_alone(scope, one):
                yield self._cue(scope, one)

    def _is_alone(self, scope: Scope, one: Belonging) -> bool:
        recent = scope.ago(days=BEFORE) <= one.joined_at <= scope.ago(days=AFTER)
        ties = one.participation
        return recent and not one.leads and not ties.has_exchanged and not ties.written

    def _cue(self, scope: Scope, one: Belonging) -> Cue:
        here_for = scope.now - one.joined_at
        pressing = here_for.days <= PRESSING
        reasons = [Reason(_("Aucun échange depuis l’arrivée"), 2)]
        if pressing:
            reasons.append(Reason(_("Les premières semaines comptent le plus"), 1))
        return Cue(
            rule=self,
            community=scope.by_pk[one.community],
            key=f"{self.name}:{one.member.pk}",
            subject=f"member:{one.member.pk}",
            since=one.joined_at,
            title=_("%(name)s a rejoint la communauté il y a %(age)s, sans premier échange")
            % {"name": one.member.name, "age": dates.duration(here_for)},
            url=reverse("accounts:profile", args=[one.member.pk]),
            reasons=reasons,
            horizon=Horizon.TODAY if pressing else Horizon.WEEK,
            waiting=one.member.pk,
            people=[one.member.pk],
            found=one.member,
        )

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        neighbourhood = Neighbourhood(scope)
        return [self._told(cue, neighbourhood) for cue in cues]

    def _told(self, cue: Cue, neighbourhood: Neighbourhood) -> Cue:
        member: Member = cue.found
        near = neighbourhood.near(member, cue.community.pk)
        asking = _(
            "%(name)s a rejoint la communauté et n’a encore échangé avec personne. Vous qui êtes proche de "
            "son travail (%(why)s), pourriez-vous lui souhaiter la bienvenue ?"
        )
        welcome = gettext_lazy(
            "Bienvenue parmi nous ! Qu’aimeriez-vous trouver dans cette communauté ? Une question, même "
            "petite, est un bon début : je veille à ce que quelqu’un y réponde."
        )
        writing = moves.note("write_to", gettext_lazy("Lui écrire"), to=member, draft=welcome)
        return replace(
            cue,
            why=questions.told(
                _work(member), near_by(near, _("<b>{name}</b>, {why}, prend part aux échanges."))
            ),
            moves=[*ask_to_reach(near, member, asking), writing],
        )


def _work(member: Member) -> SafeString:
    work = ", ".join(part for part in (member.job, member.site) if part)
    return format_html("{}.", work) if work else SafeString("")


RULE = NeverExchanged()
