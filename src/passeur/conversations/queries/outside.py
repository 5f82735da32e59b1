"""Texts by the address they had where they came from, so that links between imported texts lead inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import policies
from ..models import Contribution, Conversation

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def contribution_from(viewer: Member, kind: str, address: str, external_id: str) -> Contribution | None:
    """The message that an outside id names, or the opening of the conversation it names."""
    visible = Conversation.objects.filter(policies.visible_to(viewer))
    came = Contribution.objects.filter(
        channel__kind=kind, channel__address=address, external_id=external_id, conversation__in=visible
    ).first()
    if came is not None:
        return came
    conversation = visible.filter(
        channel__kind=kind, channel__address=address, external_id=external_id
    ).first()
    return conversation.contributions.filter(part="opening").first() if conversation else None
