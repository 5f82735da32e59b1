"""The panel « who could help, and why » of one question, as one reader sees it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from passeur.conversations.events import ConversationStarted
from passeur.foundation import queue

from .. import policies
from ..choices import ReferralState
from ..models import Referral
from .candidates import Candidate, Considered, considered_for
from .measures import Accuracy, accuracy
from .reasons import in_words
from .referrals import UNHELPED, asked_about, waits_in_queue

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.conversations.models import Conversation

SHOWN = 3
SETTLED = dt.timedelta(minutes=10)
"""However long jobs wait, people can be asked after this."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was asked, and what came of it."""

    referral: Referral
    reasons: list[str]
    can_withdraw: bool
    said: str

    @property
    def came_of_it(self) -> bool:
        return self.referral.state == ReferralState.ANSWERED


@dataclass(frozen=True, slots=True)
class Panel:
    """What the aside of a question shows. `considered` is empty for those who may not ask anybody.

    `settling`: it was published just now, and those whom its author chose are being told: nobody is offered
    until it is known who they are.
    """

    conversation: Conversation
    asked: list[Asked]
    considered: Considered
    can_refer: bool
    can_invite: bool
    queued: bool
    accuracy: Accuracy | None
    settling: bool

    @property
    def people(self) -> list[Candidate]:
        """Those to put forward, and those who cannot be asked now, with why not."""
        return self.considered.listed


def looks_for_people(conversation: Conversation, reader: Member) -> bool:
    """Whether it still needs somebody whom this reader could ask."""
    return conversation.state in UNHELPED and policies.can_see_candidates(reader, conversation)


def panel(conversation: Conversation, reader: Member) -> Panel:
    """For a reader who may see the conversation."""
    needs_somebody = conversation.state in UNHELPED
    can_refer = looks_for_people(conversation, reader)
    settling = can_refer and _is_settling(conversation)
    asked = [
        Asked(
            referral,
            [in_words(reason) for reason in referral.reasons[:1]],
            referral.is_open and policies.can_withdraw(reader, referral),
            _said(referral) if policies.can_read_no(reader, referral) else "",
        )
        for referral in asked_about(conversation)
        if referral.state != ReferralState.WITHDRAWN
    ]
    return Panel(
        conversation=conversation,
        asked=asked,
        considered=considered_for(conversation, limit=SHOWN) if can_refer and not settling else Considered(),
        can_refer=can_refer,
        can_invite=policies.can_invite(reader, conversation.community),
        queued=needs_somebody and waits_in_queue(conversation),
        accuracy=accuracy(conversation.community) if can_refer else None,
        settling=settling,
    )


def _is_settling(conversation: Conversation) -> bool:
    if timezone.now() - conversation.created_at > SETTLED:
        return False
    return queue.is_awaited(ConversationStarted.name(), "passeur.expertise", conversation=conversation.pk)


def _said(referral: Referral) -> str:
    """Why somebody could not, and the word they left."""
    if referral.state != ReferralState.DECLINED:
        return ""
    reason = str(referral.get_decline_reason_display())
    if not referral.decline_words:
        return reason
    return _("%(reason)s : %(words)s") % {"reason": reason, "words": referral.decline_words}
