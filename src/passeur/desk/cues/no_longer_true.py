"""A text that lasts, of which somebody said that it no longer holds."""

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
from . import texts
from .cue import Cue, Ground, Reason, Rule, Scope
from .subjects import Ident, Subject

if TYPE_CHECKING:
    from passeur.communities.models import Community
    from passeur.conversations.models import Contribution, Verification


class NoLongerTrue(Rule):
    """Until somebody says that it holds after all, or the text is replaced. Readers are warned meanwhile."""

    name = "no-longer-true"
    label = gettext_lazy("Signalé comme dépassé")
    icon = Icon("triangle-alert")
    rest = dt.timedelta(days=30)
    about = About.CONVERSATION

    def candidates(self, community: Community, now: dt.datetime) -> Iterable[Ident]:
        return needs.outdated_in(community)

    def judge(self, ground: Ground, subjects: Sequence[Subject]) -> Iterable[Cue]:
        for told in ground.conversations(subjects):
            if told.outdated_at is not None and told.words:  # else its opening was taken out
                yield Cue(
                    rule=self,
                    community=told.community,
                    key=f"{self.name}:{told.pk}:{round(told.outdated_at.timestamp() * 1000)}",
                    subject=f"conversation:{told.pk}",
                    since=told.outdated_at,
                    begins=told.outdated_at,
                    title=told.title,
                    url=reverse("conversations:detail", args=[told.pk]),
                    reasons=[Reason(gettext_lazy("Quelqu’un a dit que ce n’est plus vrai"), 2)],
                    horizon=Horizon.WEEK,
                    conversation=told,
                )

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        lasting = needs.lasting(cue.conversation.pk for cue in cues if cue.conversation)
        doubts = needs.doubts(text.pk for text in lasting.values())
        told = []
        for cue in cues:
            text = lasting.get(cue.conversation.pk) if cue.conversation else None
            doubt = doubts.get(text.pk) if text else None
            told.append(_told(scope, cue, text, doubt) if text and doubt else cue)
        return told


def _told(scope: Scope, cue: Cue, text: Contribution, doubt: Verification) -> Cue:
    draft = _(
        "On a dit que « %(title)s » n’est plus vrai : « %(reason)s » Pourriez-vous le relire, et dire s’il "
        "tient encore ou ce qui a changé ?"
    ) % {"title": text.conversation.title, "reason": doubt.reason}
    why = format_html(
        _("<b>{name}</b> a dit il y a {age} que ce n’est plus vrai : « {reason} »"),
        name=doubt.member.name,
        age=scope.age(doubt.created_at),
        reason=doubt.reason,
    )
    return replace(cue, why=why, moves=texts.ways_to_check(scope, text, draft))


RULE = NoLongerTrue()
