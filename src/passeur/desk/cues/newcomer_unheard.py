"""A newcomer whose first post got no reply."""

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

from passeur.communities import queries as communities
from passeur.conversations.queries import needs
from passeur.foundation import dates
from passeur.foundation.icons import Icon

from . import moves, questions
from .cue import Cue, Reason, Rule, Scope
from .people import Belonging, Neighbourhood, ask_to_reach, belongings, near_by

if TYPE_CHECKING:
    from passeur.conversations.models import Conversation

NEW = 30
"""Days during which a member is a newcomer."""
SHARE_OF_GOAL = 0.5
"""A first post is looked after sooner than others: a newcomer who gets a reply comes back more."""


class NewcomerUnheard(Rule):
    """Joined lately, wrote, and nobody answered. It takes the place of the plain waiting question."""

    name = "newcomer-unheard"
    label = gettext_lazy("Premier message sans réponse")
    icon = Icon("sprout")
    rest = dt.timedelta(days=2)

    def find(self, scope: Scope) -> Iterable[Cue]:
        new = {
            (one.community, one.member.pk): one
            for one in belongings(scope)
            if one.joined_at >= scope.ago(days=NEW) and not one.leads and not one.participation.received
        }
        if not new:
            return
        waiting = needs.waiting_since(scope.communities, scope.ago(days=NEW))
        for first in questions.placed(scope, waiting):
            one = new.pop((first.community_id, first.author_id), None)
            if one is not None and self._presses(scope, first):
                yield self._cue(first, one)

    def _presses(self, scope: Scope, first: Conversation) -> bool:
        """Half of the goal has passed, on the clock that quiet hours stop."""
        patience = dt.timedelta(hours=first.community.first_reply_goal) * SHARE_OF_GOAL
        return communities.quiet_hours(first.community).after(first.created_at, patience) < scope.now

    def _cue(self, first: Conversation, one: Belonging) -> Cue:
        return Cue(
            rule=self,
            community=first.community,
            key=f"{self.name}:{first.pk}",
            subject=f"conversation:{first.pk}",
            since=first.created_at,
            title=first.title,
            url=reverse("conversations:detail", args=[first.pk]),
            reasons=[
                Reason(_("Premier message, sans aucune réponse"), 4),
                Reason(_("Qui reçoit une réponse à ses débuts revient plus souvent"), 2),
            ],
            waiting=one.member.pk,
            people=[one.member.pk],
            conversation=first,
            found=one,
        )

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        neighbourhood = Neighbourhood(scope)
        return [self._told(scope, cue, neighbourhood) for cue in cues]

    def _told(self, scope: Scope, cue: Cue, neighbourhood: Neighbourhood) -> Cue:
        one: Belonging = cue.found
        near = neighbourhood.near(one.member, one.community)
        asking = _(
            "%(name)s vient d’arriver et a écrit son premier message : « %(title)s ». Personne n’a encore "
            "répondu. Vous qui êtes proche de son travail (%(why)s), pourriez-vous lui dire un mot ?"
        )
        return replace(
            cue,
            why=questions.told(
                _wrote(scope, cue, one), near_by(near, _("<b>{name}</b>, {why}, pourrait répondre."))
            ),
            moves=[moves.answer(), *ask_to_reach(near, one.member, asking, title=cue.title)],
        )


def _wrote(scope: Scope, cue: Cue, one: Belonging) -> SafeString:
    return format_html(
        _("<b>{name}</b> a rejoint la communauté {since} et attend une réponse depuis {age}."),
        name=one.member.name,
        since=dates.on_day(one.joined_at.date(), with_year=False),
        age=dates.duration(scope.now - cue.since),
    )


RULE = NewcomerUnheard()
