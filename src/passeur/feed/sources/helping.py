"""Questions that need somebody, on themes that the person says they can help with."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ..choices import Nature
from .source import Found, Reason, Scope, Source


class Helping(Source):
    """Not an inference: they said so themselves."""

    name = "helping"

    def find(self, scope: Scope) -> Iterable[Found]:
        for theme, told in scope.on_themes:
            stated = scope.around.skills.get(theme)
            if stated is None or not told.needs_somebody:
                continue
            words = _("Vous dites pouvoir aider sur « %(theme)s »") % {"theme": scope.name(stated)}
            yield Found(told.conversation, told.created_at, Nature.HELP, Reason(words, 0.6, theme=theme))


SOURCE = Helping()
