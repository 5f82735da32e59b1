"""A member who took part in conversations and has been silent since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.conversations.queries import needs
from passeur.foundation import dates
from passeur.foundation.icons import Icon

from ..choices import About, Horizon
from . import moves, questions
from .cue import Cue, Ground, Reason, Rule, Scope
from .people import Belonging, Neighbourhood, ask_to_reach, belongings, near_by, seen_alone
from .subjects import Ident, Subject

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.conversations.models import Contribution

SILENT, FORGOTTEN, TOOK_PART = 60, 300, 3
"""Days of silence from which a word is due and after which the entry ends; messages that make a habit."""


class GoneQuiet(Rule):
    """Wrote several messages, the last one months ago. Only messages count: reading is nobody's business."""

    name = "gone-quiet"
    label = gettext_lazy("Sans nouvelles")
    icon = Icon("clock")
    rest = dt.timedelta(days=45)
    about = About.MEMBER
    reaches_out = True

    def candidates(self, community: Community, now: dt.datetime) -> Iterable[Ident]:
        return needs.wrote_since(community, now - dt.timedelta(days=FORGOTTEN))

    def judge(self, ground: Ground, subjects: Sequence[Subject]) -> Iterable[Cue]:
        for one in seen_alone(ground, belongings(ground, subjects)):
            last_at = one.participation.last_at
            if last_at is not None and one.participation.written >= TOOK_PART and not one.leads:
                yield self._cue(ground, one, last_at)

    def _cue(self, ground: Ground, one: Belonging, last_at: dt.datetime) -> Cue:
        return Cue(
            rule=self,
            community=ground.by_pk[one.community],
            key=f"{self.name}:{one.member.pk}:{int(last_at.timestamp())}",
            subject=f"member:{one.member.pk}",
            since=last_at,
            begins=last_at + dt.timedelta(days=SILENT),
            ends=last_at + dt.timedelta(days=FORGOTTEN),
            url=reverse("accounts:profile", args=[one.member.pk]),
            reasons=[
                Reason(
                    gettext_lazy("A pris part aux échanges, plus de message depuis deux mois ou davantage"), 1
                )
            ],
            horizon=Horizon.WEEK,
            people=[one.member.pk],
            found=one.member,
        )

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        neighbourhood = Neighbourhood(scope, (cue.community.pk for cue in cues))
        last = needs.last_contributions((cue.community.pk, cue.found.pk) for cue in cues)
        return [self._told(scope, cue, last[cue.community.pk, cue.found.pk], neighbourhood) for cue in cues]

    def _told(self, scope: Scope, cue: Cue, said: Contribution, neighbourhood: Neighbourhood) -> Cue:
        member: Member = cue.found
        near = neighbourhood.near(member, cue.community.pk)
        why = format_html(
            _("Son dernier message portait sur <b>{title}</b>, {when}."),
            title=said.conversation.title,
            when=dates.on_day(timezone.localdate(said.created_at), with_year=False),
        )
        missing = _(
            "Vos messages nous ont été utiles, notamment à propos de « %(title)s ». Sur quoi travaillez-vous "
            "en ce moment ? Il y a peut-être ici quelqu’un qui cherche la même chose."
        ) % {"title": said.conversation.title}
        asking = _(
            "%(name)s a beaucoup apporté, puis n’a plus écrit. Vous qui êtes proche de son travail "
            "(%(why)s), auriez-vous une question à lui poser ?"
        )
        return replace(
            cue,
            title=_("%(name)s prenait part aux échanges, et n’a pas écrit depuis %(age)s")
            % {"name": member.name, "age": scope.age(cue.since)},
            why=questions.told(why, near_by(near, _("<b>{name}</b>, {why}, pourrait reprendre contact."))),
            moves=[
                moves.note("write_to", gettext_lazy("Lui écrire"), to=member, draft=missing),
                *ask_to_reach(near, member, asking),
            ],
        )


RULE = GoneQuiet()
