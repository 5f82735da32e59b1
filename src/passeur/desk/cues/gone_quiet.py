"""A member who took part in conversations and has been silent since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.conversations.queries import needs
from passeur.foundation import dates
from passeur.foundation.icons import Icon

from ..choices import Horizon
from . import moves, questions
from .cue import Cue, Reason, Rule, Scope
from .people import Belonging, Neighbourhood, ask_to_reach, belongings, near_by

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.conversations.models import Contribution

SILENT, FORGOTTEN, TOOK_PART = 60, 300, 3
"""Days of silence from which a word is due and after which the entry ends; messages that make a habit."""


class GoneQuiet(Rule):
    """Wrote several messages, the last one months ago. Only messages count: reading is nobody's business."""

    name = "gone-quiet"
    label = gettext_lazy("Sans nouvelles")
    icon = Icon("clock")
    rest = dt.timedelta(days=45)

    def find(self, scope: Scope) -> Iterable[Cue]:
        for one in belongings(scope):
            last_at = one.participation.last_at
            if last_at is not None and self._is_quiet(scope, one, last_at):
                yield self._cue(scope, one, last_at)

    def _is_quiet(self, scope: Scope, one: Belonging, last_at: dt.datetime) -> bool:
        took_part = one.participation.written >= TOOK_PART and not one.leads
        return took_part and scope.ago(days=FORGOTTEN) <= last_at <= scope.ago(days=SILENT)

    def _cue(self, scope: Scope, one: Belonging, last_at: dt.datetime) -> Cue:
        return Cue(
            rule=self,
            community=scope.by_pk[one.community],
            key=f"{self.name}:{one.member.pk}:{int(last_at.timestamp())}",
            subject=f"member:{one.member.pk}",
            since=last_at,
            title=_("%(name)s prenait part aux échanges, et n’a pas écrit depuis %(age)s")
            % {"name": one.member.name, "age": dates.duration(scope.now - last_at)},
            url=reverse("accounts:profile", args=[one.member.pk]),
            reasons=[Reason(_("A pris part aux échanges, plus de message depuis deux mois ou davantage"), 1)],
            horizon=Horizon.WEEK,
            people=[one.member.pk],
            found=one.member,
        )

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        neighbourhood = Neighbourhood(scope)
        last = needs.last_contributions(scope.communities, [cue.found.pk for cue in cues])
        return [self._told(cue, last[cue.community.pk, cue.found.pk], neighbourhood) for cue in cues]

    def _told(self, cue: Cue, said: Contribution, neighbourhood: Neighbourhood) -> Cue:
        member: Member = cue.found
        near = neighbourhood.near(member, cue.community.pk)
        why = format_html(
            _("Son dernier message portait sur <b>{title}</b>, {when}."),
            title=said.conversation.title,
            when=dates.on_day(said.created_at.date(), with_year=False),
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
            why=questions.told(why, near_by(near, _("<b>{name}</b>, {why}, pourrait reprendre contact."))),
            moves=[
                moves.note("write_to", gettext_lazy("Lui écrire"), to=member, draft=missing),
                *ask_to_reach(near, member, asking),
            ],
        )


RULE = GoneQuiet()
