"""A newcomer whose first post got no reply."""

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

from .cue import Cue, Move, Opens, Reason, Rule, Scope
from .people import Belonging, Neighbour, Neighbourhood, belongings

if TYPE_CHECKING:
    from passeur.conversations.models import Conversation

NEW = 30
"""Days during which a member is a newcomer."""
PATIENCE = dt.timedelta(hours=12)
"""A first post is looked after sooner than the goal: a newcomer who gets a reply comes back more."""


class NewcomerUnheard(Rule):
    """Joined lately, wrote, and nobody answered. It takes the place of the plain waiting question."""

    name = "newcomer-unheard"
    label = gettext_lazy("Premier message sans réponse")
    icon = Icon("sprout")
    somebody_waits = True
    rest = dt.timedelta(days=2)

    def find(self, scope: Scope) -> Iterable[Cue]:
        new = {
            (one.community, one.member.pk): one
            for one in belongings(scope)
            if one.joined_at >= scope.ago(days=NEW) and not one.leads and not one.participation.received
        }
        neighbourhood = Neighbourhood(scope)
        for first in needs.waiting_since(scope.communities, scope.ago(days=NEW)):
            one = new.pop((first.community_id, first.author_id), None)
            if one is not None and scope.now - first.created_at >= PATIENCE:
                yield self._cue(scope, first, one, neighbourhood.near(one.member, one.community))

    def _cue(self, scope: Scope, first: Conversation, one: Belonging, near: Neighbour | None) -> Cue:
        why = format_html(
            _("<b>{name}</b> a rejoint la communauté {since} et attend une réponse depuis {age}."),
            name=one.member.name,
            since=dates.on_day(one.joined_at.date(), with_year=False),
            age=dates.duration(scope.now - first.created_at),
        )
        moves = [Move("answer", gettext_lazy("Répondre"), opens=Opens.TEXT)]
        if near:
            why = format_html(
                _("{told} <b>{name}</b>, {why}, pourrait répondre."),
                told=why,
                name=near.member.name,
                why=near.why,
            )
            draft = _(
                "%(newcomer)s vient d’arriver et a écrit son premier message : « %(title)s ». Personne n’a encore "
                "répondu. Vous qui êtes proche de son travail (%(why)s), pourriez-vous lui dire un mot ?"
            ) % {"newcomer": one.member.name, "title": first.title, "why": near.why}
            label = _("Demander à %(name)s") % {"name": near.member.first_name}
            moves.append(
                Move(
                    "ask_to_reach",
                    label,
                    person=near.member,
                    towards=one.member,
                    opens=Opens.TEXT,
                    draft=draft,
                )
            )
        return Cue(
            rule=self,
            community=scope.by_pk[one.community],
            key=f"{self.name}:{first.pk}",
            subject=f"conversation:{first.pk}",
            conversation=first.pk,
            since=first.created_at,
            title=first.title,
            url=reverse("conversations:detail", args=[first.pk]),
            why=why,
            reasons=[
                Reason(_("Premier message, sans aucune réponse"), 4),
                Reason(_("Les nouveaux à qui l’on répond reviennent plus souvent"), 2),
            ],
            moves=moves,
            people=[one.member.pk],
        )


RULE = NewcomerUnheard()
