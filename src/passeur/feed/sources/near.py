"""Experiences and solutions on themes beside those that the person states: what they may be missing."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from passeur.conversations.choices import Kind

from .source import Found, Reason, Scope, Source


class Near(Source):
    """The theme above, or another one under it."""

    name = "near"
    infers = True

    def find(self, scope: Scope) -> Iterable[Found]:
        for theme, told in scope.on_themes:
            if told.kind != Kind.EXPERIENCE and not scope.is_resolved_lately(told):
                continue
            if stated := scope.around.beside.get(theme):
                words = _("« %(near)s » touche à « %(theme)s », un de vos thèmes") % {
                    "near": scope.name(theme),
                    "theme": scope.name(stated),
                }
                yield scope.found(told, Reason(words, 0.3, theme=theme))
            elif stated := scope.around.skills.get(theme):
                words = _("Vous connaissez le thème « %(theme)s »") % {"theme": scope.name(stated)}
                yield scope.found(told, Reason(words, 0.4, theme=theme))


SOURCE = Near()
