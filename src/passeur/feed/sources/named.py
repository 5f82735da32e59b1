"""Where somebody named the person."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ..choices import Nature
from .source import Found, Reason, Scope, Source


class Named(Source):
    """A message with their name in it."""

    name = "named"
    follows = True

    def find(self, scope: Scope) -> Iterable[Found]:
        for message in scope.messages["named"]:
            yield Found(
                message.conversation,
                message.at,
                Nature.NAMED,
                Reason(_("Votre nom est dans ce message"), 0.9),
                contribution=message.contribution,
            )


SOURCE = Named()
