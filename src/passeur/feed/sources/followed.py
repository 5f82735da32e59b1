"""What was written in conversations that the person follows."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ..choices import Nature
from .source import Found, Reason, Scope, Source, Stop


class Followed(Source):
    """Something new in a conversation they follow."""

    name = "followed"
    follows = True

    def find(self, scope: Scope) -> Iterable[Found]:
        for message in scope.messages["followed"]:
            yield Found(
                message.conversation,
                message.at,
                Nature.FOLLOWED,
                Reason(_("Vous suivez cet échange"), 0.7, stop=Stop("conversation", message.conversation)),
                contribution=message.contribution,
            )


SOURCE = Followed()
