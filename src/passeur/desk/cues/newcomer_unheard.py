"""A newcomer whose first post got no reply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.communities import queries as communities
from passeur.conversations.queries import needs
from passeur.foundation import dates
from passeur.foundation.icons import Icon

from ..choices import About
from . import moves, questions
from .cue import INSTANT, Cue, Ground, Reason, Rule, Scope
from .people import Belonging, Neighbourhood, ask_to_reach, belongings, near_by
from .subjects import Ident, Subject

if TYPE_CHECKING:
    from passeur.communities.models import Community
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
    about = About.CONVERSATION
    reaches_out = True

    def candidates(self, community: Community, now: dt.datetime) -> Iterable[Ident]:
        return needs.unheard_since(community, now - dt.timedelta(days=NEW))

    def judge(self, ground: Ground, subjects: Sequence[Subject]) -> Iterable[Cue]:
        young = ground.ago(days=NEW)
        unheard = [
            found
            for found in ground.conversations(subjects)
            if found.first_reply_at is None and found.closed_at is None and found.created_at >= young
        ]
        authors = {Subject(found.community_id, About.MEMBER, found.author_id) for found in unheard}
        new = {
            (one.community, one.member.pk): one
            for one in belongings(ground, authors)
            if one.joined_at >= young and not one.leads and not one.participation.received
        }
        firsts = needs.unheard_first(
            (*place, one.joined_at - dt.timedelta(days=NEW)) for place, one in new.items()
        )
        for first in unheard:
            if first.pk in firsts and (one := new.get((first.community_id, first.author_id))):
                yield self._cue(first, one)

    def _cue(self, first: Conversation, one: Belonging) -> Cue:
        patience = dt.timedelta(hours=first.community.first_reply_goal) * SHARE_OF_GOAL
        return Cue(
            begins=communities.quiet_hours(first.community).after(first.created_at, patience) + INSTANT,
            ends=min(one.joined_at, first.created_at) + dt.timedelta(days=NEW),
            rule=self,
            community=first.community,
            key=f"{self.name}:{first.pk}",
            subject=f"conversation:{first.pk}",
            since=first.created_at,
            title=first.title,
            url=reverse("conversations:detail", args=[first.pk]),
            reasons=[
                Reason(gettext_lazy("Premier message, sans aucune réponse"), 4),
                Reason(gettext_lazy("Qui reçoit une réponse à ses débuts revient plus souvent"), 2),
            ],
            waiting=one.member.pk,
            people=[one.member.pk],
            conversation=first,
            found=one,
        )

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        neighbourhood = Neighbourhood(scope, (cue.community.pk for cue in cues))
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
        since=dates.on_day(timezone.localdate(one.joined_at), with_year=False),
        age=scope.age(cue.since),
    )


RULE = NewcomerUnheard()
