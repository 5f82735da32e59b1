"""Who is told of what."""

from __future__ import annotations

from passeur.notifications import services as notifications

from .. import notices
from ..models import Introduction, Message


def tell_proposed(introduction_id: int) -> None:
    """Both are asked, in the same words."""
    for one in Introduction.objects.filter(pk=introduction_id):
        notifications.tell(
            notices.PROPOSED.slug,
            to=[one.first_id, one.second_id],
            object=one.pk,
            subject=notices.subject(one.pk),
        )


def tell_opened(introduction_id: int) -> None:
    """Both can write."""
    for one in Introduction.objects.filter(pk=introduction_id):
        notifications.tell(
            notices.OPENED.slug,
            to=[one.first_id, one.second_id],
            object=one.pk,
            subject=notices.subject(one.pk),
        )


def tell_message(message_id: int) -> None:
    """The other is told that there is a message."""
    for message in Message.objects.filter(pk=message_id).select_related("introduction"):
        one = message.introduction
        other = one.second_id if message.author_id == one.first_id else one.first_id
        notifications.tell(
            notices.MESSAGE.slug, to=[other], object=one.pk, subject=notices.subject(one.pk), what=message.pk
        )


def tell_outcome(introduction_id: int) -> None:
    """Whoever proposed it learns whether they wrote; Passeur needs no telling."""
    for one in Introduction.objects.filter(pk=introduction_id).exclude(proposed_by=None):
        notifications.tell(
            notices.OUTCOME.slug,
            to=[one.proposed_by_id] if one.proposed_by_id else [],
            object=one.pk,
            subject=notices.subject(one.pk),
        )
