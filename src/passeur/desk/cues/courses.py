"""What the rules about courses share: who learns what, and the names of the themes it is about.

Of who learns, only what calls for somebody is said: a course finished, tries that came to nothing. No rule
says how far somebody is, when they were there last, or what they scored.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode

from passeur.records.queries import courses as ties
from passeur.records.queries import learning
from passeur.skills import queries as skills

from ..choices import About, Horizon
from .cue import Cue, Ground, Reason, Rule
from .people import belongings
from .subjects import Ident, Subject

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


class AboutLearner(Rule):
    """A rule about a member in a course that their community has to do with."""

    about = About.MEMBER

    def candidates(self, community: Community, now: dt.datetime) -> Iterable[Ident]:
        return {learner.member for learner in learning.of_courses(ties.tied_in([community.pk]))}

    def cue(
        self,
        ground: Ground,
        found: Found,
        reason: Reason,
        *,
        since: dt.datetime,
        begins: dt.datetime,
        ends: dt.datetime,
        horizon: Horizon = Horizon.TODAY,
    ) -> Cue:
        """One cue for a member and a course, whatever happens in it."""
        member, learner = found.member, found.learner
        return Cue(
            rule=self,
            community=ground.by_pk[learner.community],
            key=f"{self.name}:{member.pk}:{learner.course}",
            subject=f"member:{member.pk}",
            since=since,
            begins=begins,
            ends=ends,
            url=reverse("accounts:profile", args=[member.pk]),
            reasons=[reason],
            horizon=horizon,
            people=[member.pk],
            found=found,
        )


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


def of(cues: Sequence[Cue]) -> list[Learner]:
    """The learners whom these cues are about."""
    return [cue.found.learner for cue in cues]
