"""Facts that the store announces."""

from dataclasses import dataclass

from passeur.foundation.events import Event


@dataclass(frozen=True, slots=True)
class AgentsLinked(Event):
    """These agents (their keys) are somebody else than they were: what was counted for them follows."""

    agents: list[str]


@dataclass(frozen=True, slots=True)
class LearningMoved(Event):
    """These agents (their keys) are elsewhere in these courses that a community has to do with."""

    courses: list[int]
    agents: list[str]


@dataclass(frozen=True, slots=True)
class CourseTied(Event):
    """A course has to do with a community, or with a theme of it, or has no more."""

    course: int
    community: int


@dataclass(frozen=True, slots=True)
class CourseHelpSwitched(Event):
    """Somebody said whether their courses may be used to help them."""

    member: int
