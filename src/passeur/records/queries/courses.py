"""Courses for whoever says what they have to do with, and their ties."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from passeur.accounts import policies as accounts
from passeur.communities import policies as access
from passeur.communities import queries as communities
from passeur.communities.queries import scopes
from passeur.skills import queries as skills

from .. import policies
from ..choices import Tied
from ..models import Course, CourseTie

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.skills.models import Theme


@dataclass(frozen=True, slots=True)
class Seen:
    """A course as a list shows it, with the ties that its reader may see."""

    course: Course
    ties: Sequence[CourseTie]

    @property
    def name(self) -> str:
        return name_of(self.course.name, self.course.iri)


def name_of(names: dict[str, str], iri: str) -> str:
    """What a course is called, in the reader's language if it has one; its address where it has no name."""
    wanted = (get_language() or "fr").split("-")[0]
    by_language = sorted(names.items(), key=lambda one: (one[0].split("-")[0] != wanted, one[0]))
    return next((name.strip() for _, name in by_language if name.strip()), iri)


def visible(viewer: Member, tied: Tied, words: str) -> QuerySet[Course]:
    """The courses, those found last first."""
    found = Course.objects.filter() if policies.can_see_courses(viewer) else Course.objects.none()
    if tied != Tied.ALL:
        here = CourseTie.objects.filter(policies.ties_visible_to(viewer), course=OuterRef("pk"))
        found = found.filter(Exists(here) if tied == Tied.TIED else ~Exists(here))
    if words:
        found = found.filter(Q(name__icontains=words) | Q(iri__icontains=words))
    return found.order_by("-found_at", "pk")


def seen(viewer: Member, courses: Collection[Course]) -> list[Seen]:
    """The same courses in their order, with their ties, by themes that the viewer may read. Two queries."""
    ties = (
        CourseTie.objects.filter(policies.ties_visible_to(viewer), course__in=list(courses))
        .select_related("community", "theme")
        .order_by("community__name", "pk")
    )
    readable = set(access.visible_keys(viewer))
    by_course: dict[int, list[CourseTie]] = {}
    for one in ties:
        if one.community_id not in readable:
            one.theme = None  # not saved: administrators run a private community without reading in it
        by_course.setdefault(one.course_id, []).append(one)
    return [Seen(course, by_course.get(course.pk, [])) for course in courses]


def ties(viewer: Member) -> QuerySet[CourseTie]:
    """The ties that a member may see."""
    return CourseTie.objects.filter(policies.ties_visible_to(viewer)).select_related("community", "course")


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere that a course can be tied to."""

    community: Community
    theme: Theme | None = None

    @property
    def value(self) -> str:
        return f"t{self.theme.pk}" if self.theme else f"c{self.community.pk}"


def places(viewer: Member) -> list[Place]:
    """Each community that the viewer may tie courses to, then its themes, where they may be read."""
    some = scopes.every() if accounts.administers(viewer) else communities.managed_by(viewer)
    found: list[Place] = []
    for community in some:
        if policies.can_tie(viewer, community):
            found.append(Place(community))
            if access.can_see(viewer, community):
                found += [Place(community, theme) for theme in skills.themes(community)]
    return found


def scopes_of_ties() -> set[tuple[UUID, int, int]]:
    """(key of the course, community, theme or 0) of every tie, for whoever counts what people do."""
    return {
        (key, community, theme or 0)
        for key, community, theme in CourseTie.objects.values_list("course__key", "community_id", "theme_id")
    }


def tied_in(communities_: Iterable[int]) -> list[tuple[int, int]]:
    """(community, course) of all ties of these communities. One query."""
    rows = CourseTie.objects.filter(community__in=list(communities_)).order_by().distinct()
    return list(rows.values_list("community_id", "course_id"))
