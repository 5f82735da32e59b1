"""Who may take a question to somebody, see what came of it, and say yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from passeur.communities import policies as communities
from passeur.communities.choices import Role
from passeur.conversations import policies as conversations

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.conversations.models import Conversation

    from .models import Referral

REFERRING = (Role.LCM, Role.EXPERT)


def visible_to(member: Member) -> Q:
    """The requests that `member` may read: those on conversations they may read, their own among them."""
    return conversations.visible_to(member, "conversation__")


def can_refer(member: Member, conversation: Conversation) -> bool:
    """Who asked, the LCM and the experts of the community; where something is asked and open."""
    if not conversation.asks or not conversations.can_contribute(member, conversation):
        return False
    role = communities.member_role(member, conversation.community)
    return conversation.author_id == member.pk or role in REFERRING


def can_see_candidates(member: Member, conversation: Conversation) -> bool:
    """What somebody carries is for those who could ask them, and for nobody else."""
    return can_refer(member, conversation)


def can_ask_in(member: Member, community: Community) -> bool:
    """Whoever may ask a question here sees who could help with it."""
    return communities.can_contribute(member, community)


def can_read(member: Member, referral: Referral) -> bool:
    """The person who was asked reads their own requests, decided ones too."""
    return referral.member_id == member.pk


def can_read_no(member: Member, referral: Referral) -> bool:
    """Why somebody declined is for themself and for the LCM."""
    community = referral.conversation.community
    return referral.member_id == member.pk or communities.leads(member, community)


def can_withdraw(member: Member, referral: Referral) -> bool:
    """Who made it, who asked the question, or the LCM."""
    conversation = referral.conversation
    if not conversations.can_contribute(member, conversation):
        return False
    mine = member.pk in (referral.asked_by_id, conversation.author_id)
    return mine or communities.can_manage(member, conversation.community)


def can_invite(member: Member, community: Community) -> bool:
    """The LCM invites people, so that those who came with an import can claim what they wrote."""
    return communities.can_manage(member, community)


def can_contest(by: Member, member: Member) -> bool:
    """What Passeur infers about a person, that person contests."""
    return by.is_active and by.pk == member.pk
