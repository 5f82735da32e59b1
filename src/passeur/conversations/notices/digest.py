"""What a digest says of new conversations: a few that its reader has not opened, and how many more."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from passeur.communities import queries as communities
from passeur.notifications.protocols import DigestEntry, DigestSection, offer

from .. import policies
from ..choices import State
from ..models import Conversation, ReadMark
from .subjects import subject

if TYPE_CHECKING:
    from passeur.accounts.models import Member

MOST_IN_A_DIGEST = 8


def _new_conversations(member: Member, since: dt.datetime, until: dt.datetime) -> list[DigestEntry]:
    """What others began in the communities the person belongs to, newest first. Two queries."""
    mine = communities.memberships_of(member).values("community")
    begun = (
        Conversation.objects.filter(policies.visible_to(member), community__in=mine)
        .filter(created_at__gte=since, created_at__lt=until)
        .exclude(author=member)
        .exclude(state=State.CLOSED)
        .exclude(pk__in=ReadMark.objects.filter(member=member).values("conversation"))
    )
    shown = begun.select_related("community").order_by("-created_at", "-pk")[:MOST_IN_A_DIGEST]
    entries = [
        DigestEntry(
            conversation.title,
            reverse("conversations:detail", args=[conversation.pk]),
            gettext("%(kind)s dans « %(community)s »")
            % {"kind": conversation.get_kind_display(), "community": conversation.community.name},
            subject(conversation.pk),
        )
        for conversation in shown
    ]
    others = begun.count() - len(entries)
    if others > 0:
        words = ngettext("et %(n)d autre échange", "et %(n)d autres échanges", others) % {"n": others}
        entries.append(DigestEntry(words, reverse("conversations:everywhere")))
    return entries


offer(DigestSection("conversations", _("Nouveaux échanges dans vos communautés"), _new_conversations))
