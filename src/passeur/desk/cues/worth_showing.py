"""A contribution that helped several people and deserves to be seen by the others."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.conversations.queries import needs
from passeur.foundation.icons import Icon

from ..choices import Horizon
from . import moves
from .cue import Cue, Reason, Rule, Scope

if TYPE_CHECKING:
    from passeur.conversations.models import Contribution

WINDOW, LEAST, MOST = 30, 5, 3
"""Days looked back; people it helped, by their own reactions; how many a community is offered at once."""


class WorthShowing(Rule):
    """At least five people said that it helped, that they lived it too, or thanks."""

    name = "worth-showing"
    label = gettext_lazy("À mettre en lumière")
    icon = Icon("sparkles")
    rest = dt.timedelta(days=60)

    def find(self, scope: Scope) -> Iterable[Cue]:
        offered: Counter[int] = Counter()
        for text in needs.worth_showing(scope.communities, scope.ago(days=WINDOW), least=LEAST):
            offered[text.conversation.community_id] += 1
            if offered[text.conversation.community_id] <= MOST:
                yield self._cue(scope, text)

    def _cue(self, scope: Scope, text: Contribution) -> Cue:
        conversation = text.conversation
        return Cue(
            rule=self,
            community=scope.by_pk[conversation.community_id],
            key=f"{self.name}:{text.pk}",
            subject=f"contribution:{text.pk}",
            since=text.created_at,
            title=conversation.title,
            url=reverse("conversations:contribution", args=[text.pk]),
            why=format_html(
                _("Ce qu’a écrit <b>{name}</b> a servi à plusieurs personnes : ce sont elles qui le disent."),
                name=text.author.name,
            ),
            reasons=[Reason(_("Plusieurs réactions « Ça m’aide », « Vécu aussi » ou « Merci »"), 1)],
            moves=[moves.spotlight(text.pk, _("Une réponse concrète, que chacun peut reprendre."))],
            horizon=Horizon.WEEK,
        )


RULE = WorthShowing()
