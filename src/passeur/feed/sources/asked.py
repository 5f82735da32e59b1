"""Questions that somebody took to the person."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from passeur.expertise import queries as expertise

from ..choices import Nature
from .source import Found, Reason, Scope, Source


class Asked(Source):
    """An open request made since then; older ones stand under « Demandes reçues »."""

    name = "asked"

    def find(self, scope: Scope) -> Iterable[Found]:
        for referral in expertise.asked_of(scope.member):
            if referral.made_at <= scope.since:
                continue
            why = expertise.why_in_words(referral.reasons, most=1).rstrip(".")
            words = why or _("On a pensé à vous pour cette question")
            yield Found(
                referral.conversation_id,
                referral.made_at,
                Nature.ASKED,
                Reason(words, 0.95),
                request=referral.pk,
            )


SOURCE = Asked()
