"""What the two write to each other, and the first words that are suggested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from passeur.foundation import events as bus
from passeur.foundation.policies import require

from .. import errors, events, policies
from ..choices import Why
from ..models import Introduction, Message

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def write(*, introduction: Introduction, text: str, by: Member) -> Message:
    """Write to the other."""
    require(policies.can_see(by, introduction))
    if not policies.can_write(by, introduction):
        raise errors.NotOpen
    if not text.strip():
        raise errors.EmptyMessage
    with transaction.atomic():
        message = Message.objects.create(introduction=introduction, author=by, text=text.strip())
        bus.publish(events.MessageWritten(introduction=introduction.pk, message=message.pk))
    return message


def suggested_message(introduction: Introduction, by: Member) -> str:
    """First words to change at will, made of the reason both were given."""
    name = introduction.other(by).first_name
    themes = [
        theme for why, _who, named in introduction.found if why in (Why.THEMES, Why.HELPED) for theme in named
    ]
    if themes:
        return _(
            "Bonjour %(name)s, nous voilà en contact ! Ce qui m’intéresse en ce moment : %(theme)s. "
            "Et vous, qu’avez-vous essayé dernièrement ?"
        ) % {"name": name, "theme": themes[0]}
    return _(
        "Bonjour %(name)s, nous voilà en contact ! Qu’est-ce qui vous occupe en ce moment ? "
        "De mon côté, j’aimerais savoir comment vous travaillez."
    ) % {"name": name}
