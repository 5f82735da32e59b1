"""A question whose referral ran out, with nobody asked since."""

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

from passeur.expertise import queries as expertise
from passeur.foundation.icons import Icon

from ..choices import About
from . import questions
from .cue import Cue, Ground, Reason, Rule, Scope
from .subjects import Ident, Subject

if TYPE_CHECKING:
    from passeur.communities.models import Community
    from passeur.conversations.models import Conversation


class ReferralExpired(Rule):
    """Who was asked did not say yes in time; the next person is one move away."""

    name = "referral-expired"
    label = gettext_lazy("Mise en relation sans suite")
    icon = Icon("user-round-x")
    rest = dt.timedelta(days=2)
    about = About.CONVERSATION
    suggests_people = True

    def candidates(self, community: Community, now: dt.datetime) -> Iterable[Ident]:
        return expertise.questions_referred_in_vain(community)

    def named_by(self, key: str, community: Community, now: dt.datetime) -> Ident | None:
        referral = super().named_by(key, community, now)
        return expertise.question_of(int(referral)) if referral is not None else None

    def judge(self, ground: Ground, subjects: Sequence[Subject]) -> Iterable[Cue]:
        by_pk = {found.pk: found for found in ground.conversations(subjects)}
        for referral in expertise.ended_without_answer(by_pk):
            question = by_pk[referral.conversation_id]
            yield Cue(
                rule=self,
                community=question.community,
                key=f"{self.name}:{referral.pk}",
                subject=f"conversation:{question.pk}",
                since=referral.decided_at or question.created_at,
                title=question.title,
                url=reverse("conversations:detail", args=[question.pk]),
                reasons=[
                    Reason(gettext_lazy("Une personne a été sollicitée sans suite"), 3),
                    Reason(gettext_lazy("La question attend toujours"), 2),
                ],
                waiting=question.author_id,
                conversation=question,
                found=referral.member.name,
            )

    def tell(self, scope: Scope, cues: Sequence[Cue]) -> list[Cue]:
        best = questions.best_for(scope, cues)
        label = gettext_lazy("Solliciter une autre personne")
        return [
            replace(
                cue,
                why=questions.told(
                    _why(scope, question, cue.found), questions.who_and_why(best.get(question.pk))
                ),
                moves=questions.ways_to_help(scope, question, best.get(question.pk), label),
            )
            for cue, question in zip(cues, questions.of(cues), strict=True)
        ]


def _why(scope: Scope, question: Conversation, asked: str) -> SafeString:
    return format_html(
        _("La question a été portée à <b>{name}</b>, sans suite. <b>{asker}</b> attend depuis {age}."),
        name=asked,
        asker=question.author.name,
        age=scope.age(question.created_at),
    )


RULE = ReferralExpired()
