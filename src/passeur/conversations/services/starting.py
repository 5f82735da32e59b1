"""Starting a conversation of any kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import events, policies
from ..choices import Kind, Part, State, Turn
from ..models import Conversation, ConversationTheme
from .writing import write

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.skills.models import Theme


def start_conversation(
    *,
    community: Community,
    kind: Kind,
    title: str,
    body: str,
    by: Member,
    themes: Sequence[Theme] = (),
    invited: Sequence[int] = (),
) -> Conversation:
    """Open a conversation. `invited` are members whom the author chose to ask, by id."""
    require(policies.can_start(by, community, kind))
    with transaction.atomic():
        conversation = Conversation.objects.create(
            community=community,
            kind=kind,
            title=" ".join(title.split()),
            author=by,
            state=State.WAITING if kind == Kind.QUESTION else State.OPEN,
            turn=Turn.COMMUNITY if kind == Kind.QUESTION else Turn.NOBODY,
        )
        attach(conversation, themes)
        write(conversation, part=Part.OPENING, body=body, by=by)
        bus.publish(
            events.ConversationStarted(
                conversation=conversation.pk,
                community=community.pk,
                kind=kind,
                author=by.pk,
                invited=list(invited),
            )
        )
    return conversation


def attach(conversation: Conversation, themes: Sequence[Theme]) -> None:
    """Make `themes`, in that order, the themes of the conversation."""
    conversation.theme_links.exclude(theme__in=themes).delete()
    for position, theme in enumerate(themes):
        ConversationTheme.objects.update_or_create(
            conversation=conversation, theme=theme, defaults={"position": position}
        )
