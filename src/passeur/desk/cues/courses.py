"""What the rules about courses share: who learns what, and the names of the themes it is about.

Of who learns, only what calls for somebody is said: a course finished, tries that came to nothing. No rule
says how far somebody is, when they were there last, or what they scored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode

from passeur.records.queries import learning
from passeur.skills import queries as skills

from .cue import Cue, Ground
from .people import belongings
from .subjects import Subject

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community
    from passeur.records.queries.learning import Learner


@dataclass(frozen=True, slots=True)
class Found:
    """A member and where they stand in a course of their community."""

    member: Member
    learner: Learner


def found(ground: Ground, subjects: Sequence[Subject]) -> list[Found]:
    """The courses of these members, of those who belong there and do not steer. Three queries."""
    here = {(one.community, one.member.pk): one for one in belongings(ground, subjects) if not one.leads}
    return [
        Found(here[learner.community, learner.member].member, learner)
        for learner in learning.of_members(here)
        if (learner.community, learner.member) in here
    ]


def themes_of(learners: Iterable[Learner]) -> dict[int, tuple[str, str]]:
    """By theme, its name and its slug. One query."""
    return skills.named({theme for learner in learners for theme in learner.themes})


def theme_of(learner: Learner, names: dict[int, tuple[str, str]]) -> tuple[str, str] | None:
    """The name and the slug of the first theme that the course is about, if it is about one."""
    return next((names[theme] for theme in learner.themes if theme in names), None)


def start(community: Community, kind: str, title: str, theme: tuple[str, str] | None) -> str:
    """The page where a conversation on the course is opened."""
    filled = {"title": title, **({"theme": theme[1]} if theme else {})}
    return f"{reverse('conversations:start', args=[community.slug, kind])}?{urlencode(filled)}"


def learners_in(community: Community) -> set[int]:
    """The members (keys) who are in a course that the community has to do with."""
    from passeur.records.queries import courses

    return {learner.member for learner in learning.of_courses(courses.tied_in([community.pk]))}


def of(cues: Sequence[Cue]) -> list[Learner]:
    """The learners whom these cues are about."""
    return [cue.found.learner for cue in cues]
