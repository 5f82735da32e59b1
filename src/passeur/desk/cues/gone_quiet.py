"""A member who took part in conversations and has been silent since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.conversations.queries import needs
from passeur.foundation import dates
from passeur.foundation.icons import Icon

from ..choices import Horizon
from .cue import Cue, Move, Opens, Reason, Rule, Scope
from .people import Belonging, Neighbour, Neighbourhood, belongings

if TYPE_CHECKING:
    from passeur.conversations.models import Contribution

SILENT, FORGOTTEN, TOOK_PART = 60, 300, 3
"""Days of silence from which a word is due and after which the entry ends; messages that make a habit."""


class GoneQuiet(Rule):
    """Wrote several messages, the last one months ago. Only messages count: reading is nobody's business."""

    name = "gone-quiet"
    label = gettext_lazy("Sans nouvelles")
    icon = Icon("sprout")
    somebody_waits = False
    rest = dt.timedelta(days=45)

    def find(self, scope: Scope) -> Iterable[Cue]:
        quiet = [one for one in belongings(scope) if self._is_quiet(scope, one)]
        last = needs.last_contributions(scope.communities, [one.member.pk for one in quiet])
        neighbourhood = Neighbourhood(scope)
        for one in quiet:
            said = last.get((one.community, one.member.pk))
            if said is not None:
                yield self._cue(scope, one, said, neighbourhood.near(one.member, one.community))

    def _is_quiet(self, scope: Scope, one: Belonging) -> bool:
        last_at = one.participation.last_at
        if last_at is None or one.leads or one.participation.written < TOOK_PART:
            return False
        return scope.ago(days=FORGOTTEN) <= last_at <= scope.ago(days=SILENT)

    def _cue(self, scope: Scope, one: Belonging, said: Contribution, near: Neighbour | None) -> Cue:
        member = one.member
        why = format_html(
            _("Son dernier message portait sur <b>{title}</b>, {when}."),
            title=said.conversation.title,
            when=dates.on_day(said.created_at.date(), with_year=False),
        )
        moves = [
            Move(
                "write_to",
                gettext_lazy("Lui écrire"),
                person=member,
                opens=Opens.TEXT,
                draft=_(
                    "Vos messages nous ont été utiles, notamment à propos de « %(title)s ». Sur quoi travaillez-vous "
                    "en ce moment ? Il y a peut-être ici quelqu’un qui cherche la même chose."
                )
                % {"title": said.conversation.title},
            )
        ]
        if near:
            draft = _(
                "%(name)s a beaucoup apporté, puis n’a plus écrit. Vous qui êtes proche de son travail (%(why)s), "
                "auriez-vous une question à lui poser ?"
            ) % {"name": member.name, "why": near.why}
            label = _("Demander à %(name)s") % {"name": near.member.first_name}
            moves.append(
                Move("ask_to_reach", label, person=near.member, towards=member, opens=Opens.TEXT, draft=draft)
            )
            why = format_html(
                _("{told} <b>{name}</b>, {why}, pourrait reprendre contact."),
                told=why,
                name=near.member.name,
                why=near.why,
            )
        return Cue(
            rule=self,
            community=scope.by_pk[one.community],
            key=f"{self.name}:{member.pk}:{said.pk}",
            subject=f"member:{member.pk}:{one.community}",
            since=said.created_at,
            title=_("%(name)s prenait part aux échanges, et n’a pas écrit depuis %(age)s")
            % {"name": member.name, "age": dates.duration(scope.now - said.created_at)},
            url=reverse("accounts:profile", args=[member.pk]),
            why=why,
            reasons=[Reason(_("A pris part aux échanges, plus de message depuis deux mois ou davantage"), 1)],
            moves=moves,
            horizon=Horizon.WEEK,
            people=[member.pk],
        )


RULE = GoneQuiet()
