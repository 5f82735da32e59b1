"""Telling people of what is written: each person once, by what concerns them most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Q

from passeur.notifications import services as notifications

from .. import notices
from ..choices import Part
from ..models import Contribution, Conversation, Follow, Mention

MOST = 20


def tell_of(
    text: Contribution, *, only: Collection[int] | None = None, at: dt.datetime | None = None
) -> None:
    """Tell of a text those it concerns: it comments theirs, they asked, they follow.

    Those it names are told of that, elsewhere. `only` of these people; `at` is when it was written, where
    that is not now.
    """
    about = notices.subject(text.conversation_id)
    told = {text.author_id, *Mention.objects.filter(contribution=text).values_list("member_id", flat=True)}

    def say(kind: str, people: Collection[int], object: int) -> None:
        to = {pk for pk in people if pk not in told and (only is None or pk in only)}
        notifications.tell(kind, to=to, object=object, subject=about, what=text.pk, at=at)
        told.update(people)

    if text.part == Part.COMMENT and text.parent is not None:
        say(notices.COMMENT.slug, [text.parent.author_id], text.parent.pk)
    say(notices.ANSWER.slug, [text.conversation.author_id], text.conversation_id)
    followers = Follow.objects.filter(conversation=text.conversation_id)
    say(notices.REPLY.slug, list(followers.values_list("member_id", flat=True)), text.conversation_id)


def catch_up(member: int, *, since: dt.datetime) -> None:
    """Tell one person of what was written around them since then, as if they had been told when it was.

    For whoever brings a past in: an import announces nothing to anybody by itself.
    """
    concern = (
        Q(conversation__author=member) | Q(parent__author=member) | Q(conversation__follows__member=member)
    )
    written = (
        Contribution.objects.filter(concern, created_at__gte=since, deleted_at=None)
        .exclude(author=member)
        .exclude(part=Part.OPENING)
    )
    newest = written.select_related("parent", "conversation").distinct().order_by("-created_at", "-pk")[:MOST]
    for text in reversed(newest):
        tell_of(text, only={member}, at=text.created_at)
    mentions = Mention.objects.filter(
        member=member, contribution__created_at__gte=since, contribution__deleted_at=None
    )
    for mention in mentions.select_related("contribution").order_by("-contribution__created_at", "-pk")[
        :MOST
    ]:
        notifications.tell(
            notices.MENTION.slug,
            to=[member],
            object=mention.contribution_id,
            subject=notices.subject(mention.contribution.conversation_id),
            at=mention.contribution.created_at,
        )
    accepted = Conversation.objects.filter(accepted_answer__author=member, accepted_at__gte=since)
    for question in accepted.exclude(accepted_by=member).order_by("-accepted_at", "-pk")[:MOST]:
        if question.accepted_answer_id is not None:
            notifications.tell(
                notices.ACCEPTED.slug,
                to=[member],
                object=question.accepted_answer_id,
                subject=notices.subject(question.pk),
                at=question.accepted_at,
            )
