"""Who, of many members at once, could learn from somebody here whom they never met: for the LCM's desk."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import F, Max, Q
from django.utils import timezone

from passeur.accounts.queries import is_introducible
from passeur.communities.queries import scopes
from passeur.expertise import queries as expertise

from ..choices import State
from ..models import PATIENCE, Introduction, Message

if TYPE_CHECKING:
    from passeur.accounts.models import Member

PEOPLE = 8
"""Looked at for each theme: those whose answers helped of late."""

Place = tuple[int, int]
"""A community and a member, by their keys."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Somebody whose answers helped on a theme the member follows; `near` counts what else they share."""

    other: Member
    theme: str
    near: int


def members_of(introduction: int) -> list[Place]:
    """The two whom it is about, where it is proposed. One query."""
    rows = Introduction.objects.filter(pk=introduction).values_list("community", "first", "second")
    return [(community, member) for community, first, second in rows for member in (first, second)]


def written_to_at(members: Iterable[int]) -> dict[int, dt.datetime]:
    """By member, when somebody to whom they were introduced last wrote to them; not what. Two queries."""
    wanted, found = list(members), dict[int, dt.datetime]()
    for side in ("introduction__first", "introduction__second"):
        rows = Message.objects.filter(**{f"{side}__in": wanted}).exclude(author=F(side))
        for member, at in rows.order_by().values_list(side).annotate(Max("created_at")):
            found[member] = max(at, found.get(member, at))
    return found


def worth_meeting(places: Collection[Place]) -> dict[Place, Meeting]:
    """By place, the best person to meet, where there is one. Seven queries, however many places.

    Nobody who was proposed in the last two weeks, no two who exchanged or were ever proposed to each other.
    """
    follows = _follows(places)
    helpers = expertise.leading_on({(place[0], theme) for place, theme, _name in follows}, most=PEOPLE)
    pairs: dict[Place, dict[int, str]] = defaultdict(dict)
    for place, theme, name in follows:
        for other in helpers.get((place[0], theme), ()):
            if other != place[1]:
                pairs[place].setdefault(other, name)
    wanted = {frozenset((place[1], other)) for place, others in pairs.items() for other in others}
    met, busy = _met(wanted), _busy(wanted)
    there = scopes.belonging({(place[0], other) for place, others in pairs.items() for other in others})
    people = get_user_model()._default_manager.filter(
        is_introducible(), pk__in={pk for pair in wanted for pk in pair}
    )
    ready = {person.pk: person for person in people if person.pk not in busy}
    found = {}
    for place, others in pairs.items():
        member = ready.get(place[1])
        known = [
            Meeting(ready[other], theme, _near(member, ready[other]))
            for other, theme in others.items()
            if member and other in ready and (place[0], other) in there
            if frozenset((place[1], other)) not in met
        ]
        if known:
            found[place] = max(known, key=lambda meeting: (meeting.near, -meeting.other.pk))
    return found


def could_be_proposed(pairs: Iterable[tuple[int, int]]) -> set[frozenset[int]]:
    """Those of these pairs who never exchanged and may be proposed to each other now. Four queries."""
    wanted = {frozenset(pair) for pair in pairs if pair[0] != pair[1]}
    if not wanted:
        return set()
    people = get_user_model()._default_manager.filter(
        is_introducible(), pk__in={pk for pair in wanted for pk in pair}
    )
    ready = set(people.values_list("pk", flat=True)) - _busy(wanted)
    return {pair for pair in wanted if pair <= ready} - _met(wanted)


def _follows(places: Collection[Place]) -> list[tuple[Place, int, str]]:
    rows = (
        get_user_model()
        ._default_manager.filter(pk__in={member for _community, member in places})
        .filter(interests__theme__community__in={community for community, _member in places})
        .filter(interests__theme__merged_into=None)
        .order_by("pk", "interests__theme")
        .values_list("interests__theme__community", "pk", "interests__theme", "interests__theme__name")
    )
    wanted = set(places)
    return [
        ((community, member), theme, name)
        for community, member, theme, name in rows
        if (community, member) in wanted
    ]


def _met(pairs: Iterable[frozenset[int]]) -> set[frozenset[int]]:
    """Those of these pairs who wrote in an exchange of each other's, or were proposed to each other."""
    wanted = set(pairs)
    people = {pk for pair in wanted for pk in pair}
    wrote = (
        get_user_model()
        ._default_manager.filter(pk__in=people, contributions__conversation__author__in=people)
        .order_by()
        .values_list("pk", "contributions__conversation__author")
        .distinct()
    )
    proposed = Introduction.objects.filter(first__in=people, second__in=people).values_list("first", "second")
    return {frozenset(pair) for pair in [*wrote, *proposed]} & wanted


def _busy(pairs: Iterable[frozenset[int]]) -> set[int]:
    people = {pk for pair in pairs for pk in pair}
    lately = Q(state=State.PROPOSED) | Q(created_at__gte=timezone.now() - PATIENCE)
    rows = Introduction.objects.filter(lately).filter(Q(first__in=people) | Q(second__in=people))
    return {pk for pair in rows.values_list("first", "second") for pk in pair}


def _near(a: Member, b: Member) -> int:
    return sum(bool(mine and mine == theirs) for mine, theirs in ((a.job, b.job), (a.site, b.site)))
