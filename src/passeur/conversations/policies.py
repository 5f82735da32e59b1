"""Who may see, write, change and judge what in conversations: the gate and the list filter together."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Q

from passeur.accounts import policies as accounts
from passeur.communities import policies as communities
from passeur.communities.choices import Role
from passeur.foundation.prepared import Asked

from .choices import Kind

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

    from .models import Contribution, Conversation


def visible_to(member: Member, prefix: str = "") -> Q:
    """The conversations that `member` may read: those of communities they may see."""
    return in_communities(communities.visible_keys(member), prefix)


def in_communities(keys: Asked, prefix: str = "") -> Q:
    """The same of the keys of communities, or of a place in a prepared query."""
    return Q(**{f"{prefix}community__among": keys})


def readable_by(member: Asked, prefix: str = "") -> Q:
    """The same of the key of a member who can read, or of a place in a prepared query."""
    return communities.open_or_of(member, f"{prefix}community__")


def can_see(member: Member, conversation: Conversation) -> bool:
    """Whether `member` may read it."""
    return communities.can_see(member, conversation.community)


def readers(conversation: Conversation, among: Collection[int]) -> set[int]:
    """Which of these members (keys) can see it: `can_see`, asked of all of them at once."""
    return communities.readers(conversation.community, among)


def can_start(member: Member, community: Community, kind: str) -> bool:
    """Members of the community start conversations; announcements are for those who steer it."""
    if kind == Kind.ANNOUNCEMENT:
        return communities.can_contribute(member, community) and communities.can_steer(member, community)
    return communities.can_contribute(member, community)


def can_contribute(member: Member, conversation: Conversation) -> bool:
    """Whether `member` may write in it; that it is closed is a reason of its own (`errors`)."""
    return communities.can_contribute(member, conversation.community)


def can_edit(member: Member, contribution: Contribution) -> bool:
    """Its author, or who animates the community."""
    community = contribution.conversation.community
    if not communities.can_contribute(member, community):
        return False
    return contribution.author_id == member.pk or communities.leads(member, community)


def can_delete(member: Member, contribution: Contribution) -> bool:
    """The same people as may edit."""
    return can_edit(member, contribution)


def can_accept_answer(member: Member, conversation: Conversation) -> bool:
    """Who asked, or who animates the community on their behalf."""
    if not can_contribute(member, conversation):
        return False
    return conversation.author_id == member.pk or communities.can_manage(member, conversation.community)


def can_verify(member: Member, conversation: Conversation, *, author: int) -> bool:
    """Say that what lasts of it (by `author`) still holds: who wrote it, asked, or animates, and experts."""
    if not can_contribute(member, conversation):
        return False
    knows = communities.member_role(member, conversation.community) in (Role.LCM, Role.EXPERT)
    return knows or member.pk in (author, conversation.author_id)


def can_doubt(member: Member, conversation: Conversation) -> bool:
    """Say that it no longer holds, and why: whoever may write there, since whoever tried it notices."""
    return can_contribute(member, conversation)


def can_take_back(member: Member, conversation: Conversation, *, said_by: int) -> bool:
    """Take back what was said last of it: who said it, or who animates the community."""
    if not can_contribute(member, conversation):
        return False
    return member.pk == said_by or communities.can_manage(member, conversation.community)


def can_close(member: Member, conversation: Conversation) -> bool:
    """Who started it, or who animates the community."""
    return can_accept_answer(member, conversation)


def can_set_themes(member: Member, conversation: Conversation) -> bool:
    """Who started it, or who animates the community."""
    return can_accept_answer(member, conversation)


def can_link(member: Member, conversation: Conversation) -> bool:
    """Any contributor may say that two conversations are close."""
    return can_contribute(member, conversation)


def can_react(member: Member, contribution: Contribution) -> bool:
    """Anybody who may write there, except to their own text."""
    return contribution.author_id != member.pk and can_contribute(member, contribution.conversation)


def can_spotlight(member: Member, contribution: Contribution) -> bool:
    """Who animates the community."""
    return communities.can_manage(member, contribution.conversation.community)


def can_manage(member: Member, conversation: Conversation) -> bool:
    """Who animates the community."""
    return communities.can_manage(member, conversation.community)


def may_tell_milestones(member: Member) -> bool:
    """Whether others may be told of anything: only of somebody who can choose that they are not."""
    return accounts.can_sign_in(member)
