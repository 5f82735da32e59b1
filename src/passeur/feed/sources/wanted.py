"""Open questions for which routing thought of the person: what they answered before is close to them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from passeur.expertise import queries as expertise

from ..choices import Nature
from .source import Found, Reason, Scope, Source


class Wanted(Source):
    """They are among the first of the question's list. Nobody was asked: it is only shown to them."""

    name = "wanted"
    infers = True

    def find(self, scope: Scope) -> Iterable[Found]:
        told = {news.conversation: news for _what, news in scope.in_communities if news.needs_somebody}
        told |= {news.conversation: news for _theme, news in scope.on_themes if news.needs_somebody}
        if not expertise.takes_questions(scope.member):
            return
        for question, reasons in expertise.wanted(scope.member, told).items():
            words = expertise.why_in_words(reasons).rstrip(".")
            words = words or _("Vos réponses passées sont proches de cette question")
            yield Found(question, told[question].created_at, Nature.HELP, Reason(words, 0.75))


SOURCE = Wanted()
