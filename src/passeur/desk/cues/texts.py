"""What the rules about texts that last share: who is asked to look at one again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from passeur.accounts import policies as accounts

from . import moves
from .cue import Scope
from .moves import Move

if TYPE_CHECKING:
    from passeur.conversations.models import Contribution


def address(text: Contribution) -> str:
    """Where it stands, with the buttons that say that it holds, or no longer does."""
    return reverse("conversations:contribution", args=[text.pk])


def ways_to_check(scope: Scope, text: Contribution, draft: str) -> list[Move]:
    """Read it again, ask who wrote it, or ask somebody else who knows the subject."""
    author, ways = text.author, [moves.leads_to("read_again", gettext_lazy("Le relire"), address(text))]
    if author.pk != scope.manager.pk and accounts.can_sign_in(author):
        label = _("Demander à %(name)s") % {"name": author.first_name}
        ways.append(moves.note("ask_to_check", label, to=author, draft=draft))
    ways.append(moves.note("ask_to_check", gettext_lazy("Demander à un expert"), draft=draft))
    return ways
