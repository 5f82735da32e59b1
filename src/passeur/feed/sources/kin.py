"""Experiences and solved questions of people of the same trade, or who work at the same place."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from passeur.conversations.choices import Kind
from passeur.conversations.queries import news
from passeur.conversations.queries.news import Likeness

from .source import Found, Reason, Scope, Source

TRADE, PLACE = 0.35, 0.2
"""A trade in common says more than a place."""


class Kin(Source):
    """What somebody like them lived or asked."""

    name = "kin"
    infers = True

    def find(self, scope: Scope) -> Iterable[Found]:
        told = [
            told
            for what, told in scope.in_communities
            if what == "resolved" or (what == "told" and told.kind == Kind.EXPERIENCE)
        ]
        likes = news.likenesses({one.author for one in told}, scope.member)
        for one in told:
            if like := likes.get(one.author):
                yield scope.found(one, _reason(like))


def _reason(like: Likeness) -> Reason:
    words = {"name": like.name, "site": like.site}
    if like.job and like.site:
        return Reason(_("%(name)s fait le même métier que vous, sur le même site") % words, TRADE + PLACE)
    if like.job:
        return Reason(_("%(name)s fait le même métier que vous") % words, TRADE)
    return Reason(_("%(name)s travaille sur le même site que vous") % words, PLACE)


SOURCE = Kin()
