"""Changing what was written, with every earlier version kept, and taking it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import errors, events, policies
from ..choices import Markup, Part
from ..models import Contribution, Conversation, Revision
from ..queries.reunions import reunion
from .answering import reopen_question
from .starting import attach
from .writing import hang, lock, mention, render, settle

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.skills.models import Theme


def edit(
    *, contribution: Contribution, body: str, by: Member, version: int, title: str | None = None
) -> Contribution:
    """Save a new version. `version` is the one the editor opened.

    Where somebody saved meanwhile, both changes go together if they do not touch; if they do, nothing is
    saved and `EditedMeanwhile` holds both texts. `title` counts for an opening only. Saving what is there
    already changes nothing.
    """
    require(policies.can_edit(by, contribution))
    with transaction.atomic():
        conversation = lock(contribution.conversation)
        current = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
        current.conversation = conversation
        if current.is_deleted:
            raise errors.DeletedContribution
        new_title = conversation.title
        if title is not None and current.part == Part.OPENING:
            new_title = " ".join(title.split())
        if current.version != version:
            both = reunion(current, version=version, body=body, title=new_title)
            if both.body.text is None or both.title.text is None:
                raise errors.EditedMeanwhile(both)
            body, new_title = both.body.text, both.title.text
        if (body, new_title) == (current.body, conversation.title):
            return current
        keep(current, title=conversation.title if current.part == Part.OPENING else "")
        rendered = render(body, conversation.community, by=by, of=current.pk)
        current.body, current.markup, current.html = body, Markup.MARKDOWN, rendered.html
        current.version, current.edited_at, current.edited_by = current.version + 1, timezone.now(), by
        current.save(update_fields=["body", "markup", "html", "version", "edited_at", "edited_by"])
        if new_title != conversation.title:
            conversation.title = new_title
            conversation.save(update_fields=["title"])
        hang(current, by=by)
        mention(current, rendered.mentions, by=by)
        settle(conversation)
        bus.publish(
            events.ContributionEdited(
                contribution=current.pk, conversation=conversation.pk, editor=by.pk, version=current.version
            )
        )
    return current


def keep(contribution: Contribution, *, title: str) -> Revision:
    """Put the present version of a contribution aside."""
    return Revision.objects.create(
        contribution=contribution,
        version=contribution.version,
        title=title,
        body=contribution.body,
        markup=contribution.markup,
        author_id=contribution.edited_by_id or contribution.author_id,
        created_at=contribution.edited_at or contribution.created_at,
    )


def set_themes(*, conversation: Conversation, themes: Sequence[Theme], by: Member) -> None:
    """Say what the conversation is about."""
    require(policies.can_set_themes(by, conversation))
    with transaction.atomic():
        before = set(conversation.theme_links.values_list("theme_id", flat=True))
        attach(conversation, themes)
        settle(conversation)
        if changed := before ^ {theme.pk for theme in themes}:
            bus.publish(
                events.ConversationThemesChanged(
                    conversation=conversation.pk, community=conversation.community_id, themes=sorted(changed)
                )
            )


def delete(*, contribution: Contribution, by: Member) -> None:
    """Take a text out. It keeps its place, without words; an accepted answer reopens the question."""
    require(policies.can_delete(by, contribution))
    with transaction.atomic():
        conversation = lock(contribution.conversation)
        if contribution.is_deleted:
            return
        others = conversation.contributions.filter(deleted_at=None).exclude(author_id=conversation.author_id)
        if contribution.part == Part.OPENING and others.exists():
            raise errors.OpeningCannotBeDeleted
        contribution.deleted_at, contribution.deleted_by = timezone.now(), by
        contribution.save(update_fields=["deleted_at", "deleted_by"])
        if conversation.accepted_answer_id == contribution.pk:
            reopen_question(conversation, by=by)
        settle(conversation)
        bus.publish(
            events.ContributionDeleted(contribution=contribution.pk, conversation=conversation.pk, by=by.pk)
        )


def restore(*, contribution: Contribution, by: Member) -> None:
    """Put a text back that was taken out."""
    require(policies.can_delete(by, contribution))
    with transaction.atomic():
        conversation = lock(contribution.conversation)
        contribution.deleted_at = contribution.deleted_by = None
        contribution.save(update_fields=["deleted_at", "deleted_by"])
        settle(conversation)
        bus.publish(
            events.ContributionRestored(contribution=contribution.pk, conversation=conversation.pk, by=by.pk)
        )
