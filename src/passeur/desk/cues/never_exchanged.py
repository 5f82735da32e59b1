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

from passeur.communities.queries.scopes import joined_since
from passeur.foundation.icons import Icon

from ..choices import About, Horizon
from . import moves, questions
from .cue import Cue, Ground, Reason, Rule, Scope
from .people import Belonging, Neighbourhood, ask_to_reach, belongings, near_by, seen_alone
from .subjects import Ident, Subject

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

AFTER, BEFORE, PRESSING = 5, 90, 15
"""Days since joining: looked at from, until, and in today's list until."""


class NeverExchanged(Rule):
    """No tie in or out since joining (MEASURES, Isolated). The entry ends by itself after three months."""

    name = "never-exchanged"
    label = gettext_lazy("Personne seule")
    icon = Icon("sprout")
    rest = dt.timedelta(days=14)
    about = About.MEMBER
    reaches_out = True

    def candidates(self, community: Community, now: dt.datetime) -> Iterable[Ident]:
        return joined_since(community, now - dt.timedelta(days=BEFORE))

    def judge(self, ground: Ground, subjects: Sequence[Subject]) -> Iterable[Cue]:
        for one in seen_alone(ground, belongings(ground, subjects)):
            ties = one.participation
            if not one.leads and not ties.has_exchanged and not ties.written:
                first, week, last = (one.joined_at + dt.timedelta(days=n) for n in (AFTER, PRESSING, BEFORE))
                yield replace(self._cue(ground, one, pressing=True), begins=first, ends=week)
                yield replace(self._cue(ground, one, pressing=False), begins=week, ends=last)

    def _cue(self, ground: Ground, one: Belonging, *, pressing: bool) -> Cue:
        reasons = [Reason(gettext_lazy("Aucun échange depuis l’arrivée"), 2)]
        if pressing:
            reasons.append(Reason(gettext_lazy("Les premières semaines comptent le plus"), 1))
        return Cue(
            rule=self,
            community=ground.by_pk[one.community],
            key=f"{self.name}:{one.member.pk}",
            subject=f"member:{one.member.pk}",
            since=one.joined_at,
            url=reverse("accounts:profile", args=[one.member.pk]),
            reasons=reasons,
            horizon=Horizon.TODAY if pressing else Horizon.WEEK,
            waiting=one.member.pk,
            people=[one.member.pk],
            found=one.member,
        )

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        neighbourhood = Neighbourhood(scope, (cue.community.pk for cue in cues))
        return [self._told(scope, cue, neighbourhood) for cue in cues]

    def _told(self, scope: Scope, cue: Cue, neighbourhood: Neighbourhood) -> Cue:
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
            title=_("%(name)s a rejoint la communauté il y a %(age)s, sans premier échange")
            % {"name": member.name, "age": scope.age(cue.since)},
            why=questions.told(
                _work(member), near_by(near, _("<b>{name}</b>, {why}, prend part aux échanges."))
            ),
            moves=[*ask_to_reach(near, member, asking), writing],
        )


def _work(member: Member) -> SafeString:
    work = ", ".join(part for part in (member.job, member.site) if part)
    return format_html("{}.", work) if work else SafeString("")


RULE = NeverExchanged()
