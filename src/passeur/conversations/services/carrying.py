"""What follows in conversations when two members, or two themes, turn out to be one."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from passeur.accounts.services import carry_back, carry_over
from passeur.foundation import events as bus

from .. import events
from ..models import (
    Contribution,
    Conversation,
    ConversationTheme,
    Follow,
    Mention,
    Reaction,
    ReadMark,
    Verification,
)
from . import states

ANNOUNCED = 200


def give_over(merge: int, *, target: int) -> None:
    """All that the imported member wrote and did is the person's now."""
    carry_over(merge, Conversation, "author")
    carry_over(merge, Contribution, "author")
    carry_over(merge, Reaction, "member", once_with=["contribution", "meaning"])
    carry_over(merge, Follow, "member", once_with=["conversation"])
    carry_over(merge, ReadMark, "member", once_with=["conversation"])
    carry_over(merge, Mention, "member", once_with=["contribution"])
    carry_over(merge, Verification, "member")
    _judge_anew(target)


def give_back(merge: int, *, source: int, target: int) -> None:
    """The merge was undone: each has their own again."""
    for model, field in (
        (Conversation, "author"),
        (Contribution, "author"),
        (Reaction, "member"),
        (Follow, "member"),
        (ReadMark, "member"),
        (Mention, "member"),
        (Verification, "member"),
    ):
        carry_back(merge, model, field)
    _judge_anew(source, target)


def _judge_anew(*members: int) -> None:
    """A reply to oneself is no reply, so whose text is whose changes states; who reacted was reached."""
    touched = Conversation.objects.filter(Q(author__in=members) | Q(contributions__author__in=members))
    ids = list(touched.distinct().values_list("pk", flat=True))
    reacted = Reaction.objects.filter(member__in=members).values_list("contribution__conversation", flat=True)
    with transaction.atomic():
        states.recompute(ids)
        _announce(sorted({*ids, *reacted}))


def _announce(conversations: Sequence[int]) -> None:
    """A few hundred at a time."""
    for start in range(0, len(conversations), ANNOUNCED):
        bus.publish(events.ConversationsCarried(conversations=list(conversations[start : start + ANNOUNCED])))


def merge_themes(*, source: int, target: int) -> list[int]:
    """Conversations on one theme are on the other now; returns their ids."""
    with transaction.atomic():
        links = ConversationTheme.objects.filter(theme=source)
        touched = list(links.values_list("conversation_id", flat=True))
        both = ConversationTheme.objects.filter(theme=target).values("conversation_id")
        links.filter(conversation__in=both).delete()
        links.update(theme=target)
        _announce(touched)
    return touched


def on_theme(theme: int) -> list[int]:
    """The conversations on a theme, by id."""
    return list(ConversationTheme.objects.filter(theme=theme).values_list("conversation_id", flat=True))
