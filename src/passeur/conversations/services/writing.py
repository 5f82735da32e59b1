"""Putting a text into a conversation: rendering, mentions, following, and what depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from passeur.accounts import queries as people
from passeur.communities import queries as communities
from passeur.foundation import events as bus
from passeur.foundation import live, markdown
from passeur.writing import queries as files
from passeur.writing import services as writing

from .. import events
from ..choices import HOLDER, Markup, Part
from ..models import Contribution, Conversation, Follow, Mention, ReadMark
from . import states

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


def render(
    text: str, community: Community, *, by: Member | None = None, of: int | None = None
) -> markdown.Rendered:
    """The safe HTML of a Markdown text, with `@handles` of members of the community as links.

    It shows the pictures that `by` brought, and those that the contribution `of` shows already.
    """
    return markdown.render(
        text,
        mention_resolver=lambda handles: people.profiles_by_handle(handles, communities.members(community)),
        picture_resolver=lambda addresses: files.pictures(addresses, by=by, kind=HOLDER, object_id=of),
    )


def preview(text: str, community: Community, *, by: Member) -> markdown.Rendered:
    """The same before it is published, with the pictures that `by` may see."""
    return markdown.render(
        text,
        mention_resolver=lambda handles: people.profiles_by_handle(handles, communities.members(community)),
        picture_resolver=lambda addresses: files.visible_pictures(addresses, reader=by),
    )


def hang(contribution: Contribution, *, by: Member) -> None:
    """Whoever may read the text may read the files that it shows, or that a version still kept showed."""
    earlier = contribution.revisions.values_list("body", flat=True) if contribution.version > 1 else ()
    writing.hang(kind=HOLDER, object_id=contribution.pk, texts=[contribution.body, *earlier], by=by)


def write(
    conversation: Conversation, *, part: Part, body: str, by: Member, parent: Contribution | None = None
) -> Contribution:
    """Add a contribution and all that hangs on it. Call it inside a transaction, after the policies."""
    rendered = render(body, conversation.community, by=by)
    contribution = Contribution.objects.create(
        conversation=conversation,
        part=part,
        parent=parent,
        author=by,
        body=body,
        markup=Markup.MARKDOWN,
        html=rendered.html,
    )
    hang(contribution, by=by)
    mention(contribution, rendered.mentions, by=by)
    Follow.objects.get_or_create(conversation=conversation, member=by)
    ReadMark.objects.update_or_create(
        conversation=conversation, member=by, defaults={"read_until": contribution.created_at}
    )
    settle(conversation)
    return contribution


def mention(contribution: Contribution, members: list[int], *, by: Member) -> None:
    """Remember whom the text names, and announce those it did not name before."""
    known = set(contribution.mentions.values_list("member_id", flat=True))
    named = set(members) - {by.pk}
    contribution.mentions.exclude(member_id__in=named).delete()
    Mention.objects.bulk_create(
        [Mention(contribution=contribution, member_id=pk) for pk in sorted(named - known)],
        ignore_conflicts=True,
    )
    for pk in sorted(named - known):
        bus.publish(
            events.MemberMentioned(
                contribution=contribution.pk, conversation=contribution.conversation_id, member=pk, by=by.pk
            )
        )


def settle(conversation: Conversation) -> None:
    """Bring the state up to date now; what else is derived from the conversation follows by the event."""
    states.recompute([conversation.pk])
    conversation.refresh_from_db()
    bus.publish(events.ConversationChanged(conversation=conversation.pk))
    live.announce("conversation", conversation.pk)


def lock(conversation: Conversation) -> Conversation:
    """The conversation as it is now, held until the transaction ends."""
    return (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("community")
        .get(pk=conversation.pk)
    )
