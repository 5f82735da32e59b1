"""Reacting, following, remembering how far one read, linking, putting into the light."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from passeur.foundation import events as bus
from passeur.foundation import live
from passeur.foundation.policies import require
from passeur.notifications import services as notifications

from .. import errors, events, notices, policies
from ..choices import LinkKind, Meaning, meanings
from ..models import Contribution, Conversation, ConversationLink, Follow, Reaction, Spotlight

if TYPE_CHECKING:
    from passeur.accounts.models import Member

# One statement, since it is asked while somebody waits for a page that they read for the first time.
_READ = """
insert into conversations_readmark as mark (conversation_id, member_id, read_until) values (%s, %s, %s)
on conflict (conversation_id, member_id) do update set read_until = excluded.read_until
where mark.read_until < excluded.read_until
"""


def react(*, contribution: Contribution, meaning: Meaning, by: Member) -> bool:
    """Say what a text did for you, or take it back; returns whether it now stands."""
    require(policies.can_react(by, contribution))
    if meaning not in meanings(contribution.conversation.kind, contribution.part):
        raise PermissionDenied
    if contribution.is_deleted:
        raise errors.DeletedContribution
    with transaction.atomic():
        reaction, created = Reaction.objects.get_or_create(
            contribution=contribution, member=by, meaning=meaning
        )
        if created:
            bus.publish(events.Reacted(contribution=contribution.pk, member=by.pk, meaning=meaning))
        else:
            reaction.delete()
            bus.publish(events.ReactionWithdrawn(contribution=contribution.pk, member=by.pk, meaning=meaning))
        # Apart from its texts: pages may take their time with a count.
        live.announce("reactions", contribution.conversation_id)
    return created


def follow(*, conversation: Conversation, by: Member) -> None:
    """Be told of what comes in a conversation."""
    require(policies.can_see(by, conversation))
    with transaction.atomic():
        _, is_new = Follow.objects.get_or_create(conversation=conversation, member=by)
        if is_new:
            bus.publish(events.Followed(conversation=conversation.pk, member=by.pk))


def unfollow(*, conversation: Conversation, by: Member) -> None:
    """Stop following."""
    with transaction.atomic():
        gone, _ = Follow.objects.filter(conversation=conversation, member=by).delete()
        if gone:
            bus.publish(events.Unfollowed(conversation=conversation.pk, member=by.pk))


def mark_read(*, conversation: Conversation, until: dt.datetime | None, by: Member) -> None:
    """Remember how far `by` read; never moves back. Without a moment, they saw what they had read already."""
    require(policies.can_see(by, conversation))
    if until is not None:
        _read_until(conversation, until, by)
    notifications.seen(by, subject=notices.subject(conversation.pk))


def _read_until(conversation: Conversation, until: dt.datetime, by: Member) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_READ, [conversation.pk, by.pk, until])


def link(*, source: Conversation, target: Conversation, kind: LinkKind, by: Member) -> None:
    """Say that `source` is the same question as `target`, or close to it."""
    require(policies.can_link(by, source) and policies.can_see(by, target))
    if source.pk == target.pk:
        raise errors.AlreadyLinked
    _, created = ConversationLink.objects.get_or_create(source=source, target=target, kind=kind)
    if not created:
        raise errors.AlreadyLinked


def unlink(*, source: Conversation, target: Conversation, kind: LinkKind, by: Member) -> None:
    """Take back that the two were said to be close."""
    require(policies.can_link(by, source))
    ConversationLink.objects.filter(source=source, target=target, kind=kind).delete()


def spotlight(*, contribution: Contribution, reason: str, by: Member) -> Spotlight:
    """Show a contribution on the first page of its community, with the reason why."""
    require(policies.can_spotlight(by, contribution))
    if contribution.is_deleted:
        raise errors.DeletedContribution
    with transaction.atomic():
        shown, _ = Spotlight.objects.update_or_create(
            contribution=contribution, defaults={"reason": reason, "by": by}
        )
        bus.publish(events.Spotlighted(contribution=contribution.pk, by=by.pk))
    return shown


def end_spotlight(*, contribution: Contribution, by: Member) -> None:
    """Take a contribution off the first page."""
    require(policies.can_spotlight(by, contribution))
    with transaction.atomic():
        Spotlight.objects.filter(contribution=contribution).delete()
        bus.publish(events.SpotlightEnded(contribution=contribution.pk, by=by.pk))
