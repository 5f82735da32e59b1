"""Taking a person out of conversations: what they wrote stays, without a name; nothing names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from passeur.accounts.services import take_out
from passeur.foundation import events as bus

from .. import events
from ..choices import Markup
from ..models import (
    Contribution,
    Conversation,
    Follow,
    Mention,
    MilestoneSight,
    ReadMark,
    Revision,
    SearchMiss,
    Spotlight,
    Verification,
)
from .writing import render

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Traces


def erase_author(member: Member, traces: Traces) -> None:
    """Call it inside the transaction that erases the person. Search and similar questions follow by event."""
    Follow.objects.filter(member=member).delete()
    ReadMark.objects.filter(member=member).delete()
    MilestoneSight.objects.filter(member=member).delete()
    Revision.objects.filter(contribution__author=member).delete()
    taken_out = Contribution.objects.filter(author=member).exclude(deleted_at=None)
    changed = set(taken_out.exclude(body="").values_list("conversation_id", flat=True))
    taken_out.update(body="", html="")

    near = Q(conversation__in=_around(member))
    texts = take_out(Contribution.objects.all(), "body", "html", traces=traces, near=near)
    named = Mention.objects.filter(member=member)
    texts += list(named.values_list("contribution_id", flat=True))
    named.delete()
    changed.update(_render_again(sorted(set(texts))))
    titles = take_out(
        Conversation.objects.all(), "title", "title_aside", traces=traces, near=Q(pk__in=_around(member))
    )
    changed.update(titles)
    in_one = Q(contribution__conversation__in=_around(member))
    take_out(Revision.objects.all(), "title", "body", traces=traces, near=in_one)
    take_out(Spotlight.objects.all(), "reason", traces=traces, near=in_one)
    take_out(Verification.objects.all(), "reason", traces=traces, near=in_one)
    if traces.sql:
        SearchMiss.objects.filter(words__iregex=traces.sql).delete()
    for pk in sorted(changed):
        bus.publish(events.ConversationChanged(conversation=pk))


def _around(member: Member) -> object:
    """The conversations in which the person wrote or is named: there a name of one word is theirs."""
    return Conversation.objects.filter(
        Q(contributions__author=member) | Q(contributions__mentions__member=member)
    ).values("pk")


def _render_again(keys: list[int]) -> set[int]:
    """Make the HTML of these texts again from what they say now; the conversations they stand in."""
    rows = Contribution.objects.filter(pk__in=keys).select_related("conversation__community")
    conversations = set()
    for row in rows.order_by("pk").iterator(chunk_size=500):
        conversations.add(row.conversation_id)
        if row.markup == Markup.MARKDOWN and not row.is_deleted:
            html = render(row.body, row.conversation.community, of=row.pk).html
            if html != row.html:
                Contribution.objects.filter(pk=row.pk).update(html=html)
    return conversations
