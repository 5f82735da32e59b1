"""Two members who never met: one follows a theme on which the other's answers helped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.communities.queries.scopes import joined_since
from passeur.foundation.icons import Icon
from passeur.introductions import events as introductions
from passeur.introductions import queries as meetings

from ..choices import About, Horizon
from . import moves
from .cue import Cue, Ground, Reason, Rule, Scope
from .people import Belonging, belongings
from .subjects import Ident, Subject

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

AFTER, BEFORE = 10, 180
"""Days since joining: who just came has other things to do, and who has long been here knows whom to ask."""


def _two(event: Any) -> Iterable[Subject]:
    for community, member in meetings.members_of(event.introduction):
        yield Subject(community, About.MEMBER, member)


def _two_of_before(event: Any) -> Iterable[Subject]:
    return [Subject(event.community, About.MEMBER, member) for member in (event.first, event.second)]


class CouldMeet(Rule):
    """An introduction that the LCM may propose. Both say yes, or nothing happens."""

    name = "could-meet"
    label = gettext_lazy("Présentation possible")
    icon = Icon("heart-handshake")
    rest = dt.timedelta(days=30)
    about = About.MEMBER
    most = 3
    touched_by = {
        introductions.IntroductionProposed: _two,
        introductions.IntroductionWithdrawn: _two_of_before,
    }

    def candidates(self, community: Community, now: dt.datetime) -> Iterable[Ident]:
        return joined_since(community, now - dt.timedelta(days=BEFORE))

    def judge(self, ground: Ground, subjects: Sequence[Subject]) -> Iterable[Cue]:
        young = ground.ago(days=BEFORE)
        here = {
            (one.community, one.member.pk): one
            for one in belongings(ground, subjects)
            if not one.leads and one.joined_at >= young
        }
        for place, meeting in meetings.worth_meeting(here).items():
            yield self._cue(ground, here[place], meeting)

    def _cue(self, ground: Ground, one: Belonging, meeting: meetings.Meeting) -> Cue:
        return Cue(
            rule=self,
            community=ground.by_pk[one.community],
            key=f"{self.name}:{one.member.pk}",
            subject=f"member:{one.member.pk}",
            since=one.joined_at,
            begins=one.joined_at + dt.timedelta(days=AFTER),
            ends=one.joined_at + dt.timedelta(days=BEFORE),
            url=reverse("accounts:profile", args=[one.member.pk]),
            reasons=[Reason(gettext_lazy("Les réponses de l’une ont aidé sur un thème que l’autre suit"), 1)],
            horizon=Horizon.WEEK,
            people=[one.member.pk, meeting.other.pk],
            strength=1 + meeting.near,
            found=(one.member, meeting),
        )

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        return [self._told(cue) for cue in cues]

    def _told(self, cue: Cue) -> Cue:
        member, meeting = cue.found
        words = _(
            "<b>{name}</b> suit le thème <b>{theme}</b>, sur lequel les réponses de <b>{other}</b> ont aidé. "
            "Les deux n’ont jamais échangé."
        )
        address = reverse("introductions:propose", args=[member.pk])
        return replace(
            cue,
            title=_("%(name)s et %(other)s auraient à se dire")
            % {"name": member.name, "other": meeting.other.name},
            why=format_html(words, name=member.name, theme=meeting.theme, other=meeting.other.name),
            moves=[
                moves.introduce(member, meeting.other, _draft(member, meeting)),
                moves.leads_to(
                    "choose",
                    gettext_lazy("Choisir quelqu’un d’autre"),
                    f"{address}?community={cue.community.slug}",
                ),
            ],
        )


def _draft(member: Member, meeting: meetings.Meeting) -> str:
    """What both will read, for the LCM to reword."""
    return _(
        "%(name)s suit le thème « %(theme)s », et les réponses de %(other)s y ont aidé. Un quart d’heure à "
        "deux vaudrait sans doute mieux qu’une longue recherche."
    ) % {"name": member.name, "theme": meeting.theme, "other": meeting.other.name}


RULE = CouldMeet()
