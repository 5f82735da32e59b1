"""What was begun or resolved on themes that the person follows, and on those below them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from .source import Found, Reason, Scope, Source, Stop


class Themes(Source):
    """A conversation on a followed theme."""

    name = "themes"
    follows = True

    def find(self, scope: Scope) -> Iterable[Found]:
        for theme, told in scope.on_themes:
            followed = scope.around.followed.get(theme)
            if followed is None:
                continue
            name = scope.name(followed)
            words = _("Vous suivez le thème « %(theme)s »") % {"theme": name}
            yield scope.found(told, Reason(words, 0.5, theme=theme, stop=Stop("theme", followed, name)))


SOURCE = Themes()
