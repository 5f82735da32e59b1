"""Where one writes in conversations, as places of drafts: those that are still open to their writer."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from passeur.communities import queries as communities
from passeur.writing.protocols import Spot

from .. import policies
from ..choices import Kind
from ..models import Contribution, Conversation

if TYPE_CHECKING:
    from passeur.accounts.models import Member

    from .pieces import Head

LONGEST_TITLE = 90


def start_place(slug: str, kind: str) -> str:
    """The place of a new conversation."""
    return f"conversations.start:{slug}/{kind}"


def reply_place(conversation: Conversation | Head) -> str:
    """The place of an answer, or of a message."""
    return f"conversations.reply:{conversation.pk}"


def comment_place(contribution: Contribution) -> str:
    """The place of a comment on that text."""
    return f"conversations.comment:{contribution.pk}"


def edit_place(contribution: Contribution) -> str:
    """The place of a new version of that text; several people may write there."""
    return f"conversations.edit:{contribution.pk}"


def starts(member: Member, keys: Collection[str]) -> dict[str, Spot]:
    """Openings not yet published."""
    known = {community.slug: community for community in communities.visible_communities(member)}
    found = {}
    for key in keys:
        slug, _sep, kind = key.partition("/")
        community = known.get(slug)
        if community and kind in Kind.values and policies.can_start(member, community, kind):
            words = {
                Kind.QUESTION: _("Votre question, dans %(community)s"),
                Kind.DISCUSSION: _("Votre discussion, dans %(community)s"),
                Kind.EXPERIENCE: _("Votre expérience, dans %(community)s"),
                Kind.ANNOUNCEMENT: _("Votre annonce, dans %(community)s"),
            }[Kind(kind)]
            address = reverse("conversations:start", args=[slug, kind])
            found[key] = Spot(words % {"community": community.name}, address)
    return found


def replies(member: Member, keys: Collection[str]) -> dict[str, Spot]:
    """Answers and messages."""
    rows = Conversation.objects.filter(pk__in=_numbers(keys), closed_at=None).select_related("community")
    return {
        str(row.pk): Spot(
            (_("Votre réponse : %(title)s") if row.asks else _("Votre message : %(title)s"))
            % {"title": _short(row.title)},
            reverse("conversations:detail", args=[row.pk]),
            "#repondre",
        )
        for row in rows.filter(policies.visible_to(member))
        if policies.can_contribute(member, row)
    }


def comments(member: Member, keys: Collection[str]) -> dict[str, Spot]:
    """Comments."""
    return {
        str(row.pk): Spot(
            _("Votre commentaire : %(title)s") % {"title": _short(row.conversation.title)},
            reverse("conversations:comment", args=[row.pk]),
        )
        for row in _texts(member, keys).filter(conversation__closed_at=None)
        if policies.can_contribute(member, row.conversation)
    }


def edits(member: Member, keys: Collection[str]) -> dict[str, Spot]:
    """New versions of texts."""
    return {
        str(row.pk): Spot(
            _("Vos changements : %(title)s") % {"title": _short(row.conversation.title)},
            reverse("conversations:edit", args=[row.pk]),
        )
        for row in _texts(member, keys)
        if policies.can_edit(member, row)
    }


def _texts(member: Member, keys: Collection[str]) -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(pk__in=_numbers(keys), deleted_at=None)
    return rows.filter(policies.visible_to(member, "conversation__")).select_related(
        "conversation__community"
    )


def _numbers(keys: Collection[str]) -> list[int]:
    return [int(key) for key in keys if key.isdigit() and len(key) < 19]


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
