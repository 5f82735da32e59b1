"""All that was written last, in the order of time: the third tab, and the feed of who wants no guessing."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from passeur.conversations.queries import news

from ..choices import View
from .source import Found, Reason, Scope, Source


class Everything(Source):
    """Nothing chosen, nothing left out but what is one's own."""

    name = "everything"

    def is_asked(self, scope: Scope) -> bool:
        return scope.view == View.ALL or (scope.view == View.FOR_YOU and not scope.is_personal)

    def find(self, scope: Scope) -> Iterable[Found]:
        for told in news.lately(list(scope.communities), scope.since, each=40):
            is_new = told.created_at > scope.since or scope.is_resolved_lately(told)
            if told.author == scope.member.pk or not is_new:
                continue
            name = scope.communities[told.community].name
            words = _("C’est nouveau dans « %(community)s »") % {"community": name}
            yield scope.found(told, Reason(words, 0.1))


SOURCE = Everything()
