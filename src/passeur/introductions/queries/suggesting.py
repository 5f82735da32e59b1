"""Who may have something to say to whom, and why, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from passeur.accounts.queries import is_introducible
from passeur.communities import queries as communities
from passeur.expertise import queries as expertise
from passeur.foundation.text import fold_name
from passeur.skills import queries as skills

from ..choices import Why
from ..models import Introduction

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.skills.models import Theme

LOOKED_AT = 80
"""Candidates compared for one person."""
THEMES_NAMED = 3
WEIGHTS = {Why.HELPED: 4, Why.THEMES: 3, Why.JOB: 2, Why.SITE: 1}
ENOUGH = 2
"""A site alone is no reason to meet."""

Reason = tuple[str, int, list[str]]
"""Why, the key of who helped (0 where it is the same for both), names of themes."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody whom a person could meet, with the reasons, the strongest first.

    `words` say what is near in the work of the two, where whoever looks for somebody was told it before.
    """

    other: Member
    reasons: list[Reason]
    words: str = ""

    @property
    def weight(self) -> int:
        return sum(WEIGHTS[Why(why)] + len(themes) - 1 for why, _who, themes in self.reasons)


def together(community: Community) -> QuerySet[Member]:
    """Members of the community who can be proposed."""
    return communities.members(community, with_account=True).filter(is_introducible())


def strangers(member: Member, community: Community) -> QuerySet[Member]:
    """Those with whom the member never exchanged, and was never brought together."""
    everybody = together(community)
    met = (
        everybody.filter(Q(conversations__contributions__author=member))
        .order_by()
        .values("pk")
        .union(everybody.filter(contributions__conversation__author=member).order_by().values("pk"))
    )
    pairs = Introduction.objects.filter(Q(first=member) | Q(second=member)).values_list("first", "second")
    known = {pk for pair in pairs for pk in pair} | {row["pk"] for row in met}
    return everybody.exclude(pk__in=known | {member.pk})


def suggestions(member: Member, community: Community, *, most: int = 5, name: str = "") -> list[Suggestion]:
    """Whom the member could meet here, best first; with a name, those of that name, reason or not.

    A number of queries that does not depend on how many members there are.
    """
    follows = {theme.pk: theme.name for theme in _in(community, skills.followed_by(member, viewer=member))}
    knows = {theme.pk: theme.name for theme in _in(community, skills.declared_by(member, viewer=member))}
    found = strangers(member, community)
    if folded := fold_name(name):
        found = communities.members(community, with_account=True).filter(is_introducible())
        found = found.exclude(pk=member.pk).filter(name__icontains=name)
    else:
        near = Q(interests__theme__in=follows) | Q(declared_skills__theme__in=[*follows, *knows])
        if member.job:
            near |= Q(job=member.job)
        found = found.filter(pk__in=together(community).filter(near).order_by().values("pk"))
    people = list(found[:LOOKED_AT])
    helped = expertise.demonstrated_among(community, [person.pk for person in people], list(follows))
    shared = _followed_among(people, follows)
    told = []
    for person in people:
        reasons: list[Reason] = []
        if person.pk in helped:
            reasons.append((Why.HELPED, person.pk, [helped[person.pk].name]))
        if themes := shared.get(person.pk):
            reasons.append((Why.THEMES, 0, themes[:THEMES_NAMED]))
        if member.job and person.job == member.job:
            reasons.append((Why.JOB, 0, []))
        if member.site and person.site == member.site:
            reasons.append((Why.SITE, 0, []))
        told.append(Suggestion(person, reasons))
    if not folded:
        told = [one for one in told if sum(WEIGHTS[Why(why)] for why, _who, _t in one.reasons) >= ENOUGH]
    return sorted(told, key=lambda one: (-one.weight, one.other.pk))[:most]


def _in(community: Community, themes: QuerySet[Theme]) -> QuerySet[Theme]:
    return themes.filter(community=community)


def _followed_among(people: list[Member], follows: dict[int, str]) -> dict[int, list[str]]:
    """By person, the names of the followed themes that they follow too. One query."""
    if not people or not follows:
        return {}
    rows = (
        type(people[0])
        ._default_manager.filter(pk__in=[person.pk for person in people], interests__theme__in=follows)
        .values_list("pk", "interests__theme")
    )
    shared: dict[int, list[str]] = {}
    for person, theme in sorted(rows):
        shared.setdefault(person, []).append(follows[theme])
    return shared


def found_words(introduction: Introduction, reader: Member) -> list[str]:
    """The reasons that Passeur found, as one of the two reads them."""
    name = introduction.other(reader).first_name
    return [reason_words((why, who, themes), reader.pk, name) for why, who, themes in introduction.found]


def reason_for_manager(reason: Reason, member: Member) -> str:
    """One reason in words, to whoever looks for somebody that `member` could meet."""
    why, _who, themes = reason
    words = {"name": member.first_name, "themes": ", ".join(themes)}
    if why == Why.HELPED:
        return _("A aidé sur un thème que suit %(name)s : %(themes)s.") % words
    if why == Why.THEMES:
        return _("Suit les mêmes thèmes : %(themes)s.") % words
    return _("Même métier.") if why == Why.JOB else _("Même site.")


def reason_words(reason: Reason, reader: int, name: str) -> str:
    """One reason in words, to the member `reader`, about the person of that first name."""
    why, who, themes = reason
    listed = ", ".join(themes)
    if why == Why.HELPED and who == reader:
        return _("Vos réponses ont aidé sur un thème que %(name)s suit : %(themes)s.") % {
            "name": name,
            "themes": listed,
        }
    if why == Why.HELPED:
        return _("Les réponses de %(name)s ont aidé sur un thème que vous suivez : %(themes)s.") % {
            "name": name,
            "themes": listed,
        }
    if why == Why.THEMES:
        return _("Vous suivez les mêmes thèmes : %(themes)s.") % {"themes": listed}
    if why == Why.JOB:
        return _("Vous faites le même métier.")
    return _("Vous travaillez sur le même site.")
