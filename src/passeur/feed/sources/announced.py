"""Announcements of the person's communities."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from passeur.conversations.choices import Kind

from .source import Found, Reason, Scope, Source


class Announced(Source):
    """For everybody who belongs there."""

    name = "announced"

    def find(self, scope: Scope) -> Iterable[Found]:
        for what, told in scope.in_communities:
            if what == "told" and told.kind == Kind.ANNOUNCEMENT:
                name = scope.communities[told.community].name
                words = _("Une annonce à toute la communauté « %(community)s »") % {"community": name}
                yield scope.found(told, Reason(words, 0.65))


SOURCE = Announced()
