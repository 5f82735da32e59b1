"""A member who joined some time ago and has not exchanged with anyone yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.foundation import dates
from passeur.foundation.icons import Icon

from ..choices import Horizon
from .cue import Cue, Move, Opens, Reason, Rule, Scope
from .people import Belonging, Neighbour, Neighbourhood, belongings

AFTER, BEFORE, PRESSING = 5, 90, 14
"""Days since joining: looked at from, until, and in today's list until."""


class NeverExchanged(Rule):
    """No tie in or out since joining (MEASURES, Isolated). The entry ends by itself after three months."""

    name = "never-exchanged"
    label = gettext_lazy("Personne seule")
    icon = Icon("sprout")
    somebody_waits = True
    rest = dt.timedelta(days=14)

    def find(self, scope: Scope) -> Iterable[Cue]:
        neighbourhood = Neighbourhood(scope)
        for one in belongings(scope):
            if self._is_alone(scope, one):
                yield self._cue(scope, one, neighbourhood.near(one.member, one.community))

    def _is_alone(self, scope: Scope, one: Belonging) -> bool:
        recent = scope.ago(days=BEFORE) <= one.joined_at <= scope.ago(days=AFTER)
        return (
            recent and not one.leads and not one.participation.has_exchanged and not one.participation.written
        )

    def _cue(self, scope: Scope, one: Belonging, near: Neighbour | None) -> Cue:
        member = one.member
        days = (scope.now - one.joined_at).days
        work = ", ".join(part for part in (member.job, member.site) if part)
        why = format_html("{}.", work) if work else SafeString("")
        moves = [
            Move(
                "write_to",
                gettext_lazy("Lui écrire"),
                person=member,
                opens=Opens.TEXT,
                draft=_(
                    "Bienvenue parmi nous ! Qu’aimeriez-vous trouver dans cette communauté ? "
                    "Une question, même petite, est un bon début : je veille à ce que quelqu’un y réponde."
                ),
            )
        ]
        if near:
            why = format_html(
                _("{told} <b>{name}</b>, {why}, prend part aux échanges."),
                told=why,
                name=near.member.name,
                why=near.why,
            )
            draft = _(
                "%(newcomer)s a rejoint la communauté et n’a encore échangé avec personne. Vous qui êtes proche de "
                "son travail (%(why)s), pourriez-vous lui souhaiter la bienvenue ?"
            ) % {"newcomer": member.name, "why": near.why}
            label = _("Demander à %(name)s") % {"name": near.member.first_name}
            moves.insert(
                0,
                Move(
                    "ask_to_reach", label, person=near.member, towards=member, opens=Opens.TEXT, draft=draft
                ),
            )
        pressing = days <= PRESSING
        return Cue(
            rule=self,
            community=scope.by_pk[one.community],
            key=f"{self.name}:{member.pk}",
            subject=f"member:{member.pk}:{one.community}",
            since=one.joined_at,
            title=_("%(name)s a rejoint la communauté il y a %(age)s, sans premier échange")
            % {"name": member.name, "age": dates.duration(dt.timedelta(days=days))},
            url=reverse("accounts:profile", args=[member.pk]),
            why=why,
            reasons=[
                Reason(
                    _("Aucun échange depuis l’arrivée ; la personne voit la même chose dans son profil"), 2
                )
            ]
            + ([Reason(_("Les premières semaines comptent le plus"), 1)] if pressing else []),
            moves=moves,
            horizon=Horizon.TODAY if pressing else Horizon.WEEK,
            people=[member.pk],
        )


RULE = NeverExchanged()
