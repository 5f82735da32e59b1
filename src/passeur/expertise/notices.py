"""What people are told of requests made to them: the question, and why them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from passeur.conversations import policies as conversations
from passeur.conversations.choices import State
from passeur.foundation.icons import Icon
from passeur.notifications.protocols import Kind, Line, Move, Told, register

from .choices import ReferralState
from .models import Referral
from .queries.reasons import in_words
from .queries.referrals import UNHELPED

if TYPE_CHECKING:
    from passeur.accounts.models import Member

MOST_REASONS = 3
MAY_BE_ASKED_ABOUT = (*UNHELPED, State.ANSWERED)
"""Somebody may ask for another answerer where there is an answer that did not settle it."""


def _still_asked(member: Member, objects: Collection[int]) -> set[int]:
    """Requests to this person that nobody decided, about questions they may read that still need somebody."""
    seen = conversations.visible_to(member, "conversation__")
    asked = Referral.objects.filter(seen, member=member, pk__in=objects, state=ReferralState.PROPOSED)
    return set(asked.filter(conversation__state__in=MAY_BE_ASKED_ABOUT).values_list("pk", flat=True))


def _lines(member: Member, told: Sequence[Told]) -> dict[int, Line]:
    referrals = Referral.objects.filter(member=member, pk__in=[one.object for one in told])
    cap = ngettext(
        "Une demande par semaine au plus, comme vous l’avez choisi.",
        "%(n)s demandes par semaine au plus, comme vous l’avez choisi.",
        member.weekly_cap,
    ) % {"n": member.weekly_cap}
    made = {}
    for referral in referrals.select_related("conversation__author", "conversation__community"):
        asked = referral.conversation
        reasons = [in_words(reason, to_them=True) for reason in referral.reasons[:MOST_REASONS]]
        made[referral.pk] = Line(
            words=gettext("%(name)s a posé une question à laquelle vous pouvez sans doute répondre")
            % {"name": asked.author.name},
            url=reverse("conversations:detail", args=[asked.pk]),
            title=asked.title,
            place=asked.community.name,
            details=[*reasons, cap],
            moves=[Move(gettext("Répondre plus tard, ou passer la main"), reverse("expertise:referrals"))],
            heading=gettext("Une question de %(name)s pour vous : %(title)s")
            % {"name": asked.author.first_name, "title": asked.title},
        )
    return made


REFERRAL = register(
    Kind(
        "referral",
        _("Questions qu’on vous adresse"),
        _("On pense que vous pouvez aider. Sans nouvelle de vous, la question passe à quelqu’un d’autre."),
        Icon("hand-helping"),
        _still_asked,
        _lines,
        patience=60,
        order=5,
    )
)
