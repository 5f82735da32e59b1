"""What happens to themes and to what people say of themselves, for the rooms above."""

from dataclasses import dataclass

from passeur.foundation.events import Event


@dataclass(frozen=True, slots=True)
class ThemeCreated(Event):
    """A community has one more theme."""

    community: int
    theme: int


@dataclass(frozen=True, slots=True)
class ThemesMerged(Event):
    """`source` is now `target`: each room gives over what hung on it. Doing it again changes nothing."""

    community: int
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class ThemeRenamed(Event):
    """A theme has another name, or other synonyms: what is found by its words must follow."""

    community: int
    theme: int


@dataclass(frozen=True, slots=True)
class SkillDeclared(Event):
    """Somebody says that they can help with a theme, or (`withdrawn`) no longer."""

    member: int
    theme: int
    withdrawn: bool = False
