"""A contribution that helped several people and deserves to be seen by the others."""

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
from passeur.foundation.icons import Icon

from ..choices import About, Horizon
from . import moves
from .cue import Cue, Ground, Reason, Rule, Scope
from .subjects import Ident, Subject

if TYPE_CHECKING:
    from passeur.communities.models import Community
    from passeur.conversations.models import Contribution

WINDOW, LEAST, MOST = 30, 5, 3
"""Days looked back; people it helped, by their own reactions; how many a community is offered at once."""


class WorthShowing(Rule):
    """At least five people said that it helped, that they lived it too, or thanks."""

    name = "worth-showing"
    label = gettext_lazy("À mettre en lumière")
    icon = Icon("sparkles")
    rest = dt.timedelta(days=60)
    about = About.CONTRIBUTION
    most = MOST

    def candidates(self, community: Community, now: dt.datetime) -> Iterable[Ident]:
        return needs.helpful_since(community, now - dt.timedelta(days=WINDOW))

    def judge(self, ground: Ground, subjects: Sequence[Subject]) -> Iterable[Cue]:
        for found in needs.helpful((int(subject.ident) for subject in subjects), least=LEAST):
            community = ground.by_pk.get(found.text.conversation.community_id)
            if community is not None:
                yield self._cue(community, found.text, found.people)

    def _cue(self, community: Community, text: Contribution, people: int) -> Cue:
        conversation = text.conversation
        return Cue(
            rule=self,
            community=community,
            key=f"{self.name}:{text.pk}",
            subject=f"contribution:{text.pk}",
            since=text.created_at,
            ends=text.created_at + dt.timedelta(days=WINDOW),
            strength=people,
            title=conversation.title,
            url=reverse("conversations:contribution", args=[text.pk]),
            reasons=[
                Reason(gettext_lazy("Plusieurs réactions « Ça m’aide », « Vécu aussi » ou « Merci »"), 1)
            ],
            horizon=Horizon.WEEK,
            conversation=conversation,
            found=text,
        )

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        words = _("Ce qu’a écrit <b>{name}</b> a servi à plusieurs personnes : ce sont elles qui le disent.")
        draft = _("Une réponse concrète, que chacun peut reprendre.")
        return [
            replace(
                cue,
                why=format_html(words, name=cue.found.author.name),
                moves=[moves.spotlight(cue.found.pk, draft)],
            )
            for cue in cues
        ]


RULE = WorthShowing()
