"""A question whose referral ran out, with nobody asked since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.expertise import queries as expertise
from passeur.foundation import dates
from passeur.foundation.icons import Icon

from .cue import Cue, Move, Opens, Reason, Rule, Scope


class ReferralExpired(Rule):
    """Who was asked did not say yes in time; the next person is one move away."""

    name = "referral-expired"
    label = gettext_lazy("Mise en relation sans suite")
    icon = Icon("user-round-x")
    somebody_waits = True
    rest = dt.timedelta(days=2)

    def find(self, scope: Scope) -> Iterable[Cue]:
        ended = expertise.ended_without_answer(scope.communities)
        best = expertise.best_for([referral.conversation for referral in ended])
        for referral in ended:
            question = referral.conversation
            why = format_html(
                _("<b>{name}</b> a été sollicité(e), sans suite. <b>{asker}</b> attend depuis {age}."),
                name=referral.member.name,
                asker=question.author.name,
                age=dates.duration(scope.now - question.created_at),
            )
            next_one = best.get(question.pk)
            moves = [Move("answer", gettext_lazy("Répondre"), opens=Opens.TEXT)]
            if next_one:
                why = format_html("{} <b>{}</b> : {}", why, next_one.member.name, next_one.sentence)
                label = _("Solliciter %(name)s") % {"name": next_one.member.first_name}
                moves.insert(0, Move("refer", label, person=next_one.member))
            else:
                moves.append(Move("refer", gettext_lazy("Solliciter une autre personne"), opens=Opens.PEOPLE))
            yield Cue(
                rule=self,
                community=scope.by_pk[question.community_id],
                key=f"{self.name}:{referral.pk}",
                subject=f"conversation:{question.pk}",
                conversation=question.pk,
                since=referral.decided_at or question.created_at,
                title=question.title,
                url=reverse("conversations:detail", args=[question.pk]),
                why=why,
                reasons=[
                    Reason(_("Une personne a été sollicitée sans suite"), 3),
                    Reason(_("La question attend toujours"), 2),
                ],
                moves=moves,
            )


RULE = ReferralExpired()
