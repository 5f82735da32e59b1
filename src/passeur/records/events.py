"""Facts that the store announces."""

from dataclasses import dataclass, field

from passeur.foundation.events import Event


@dataclass(frozen=True, slots=True)
class AgentsLinked(Event):
    """These agents (their keys) are somebody else than they were: what was counted for them follows.

    `before` are the members whom they were until then.
    """

    agents: list[str]
    before: list[int] = field(default_factory=list)


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
