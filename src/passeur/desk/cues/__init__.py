"""The rules that find cues, one file each. A new file in this folder with a `RULE` is all it takes."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from passeur.foundation.events import Event

from ..choices import About
from .cue import Cue, Ground, Reason, Rule, Scope, anchor
from .moves import Move, Opens, Words
from .subjects import TOUCHED_BY, Ident, Subject, Touch

__all__ = [
    "About",
    "Cue",
    "Ground",
    "Ident",
    "Move",
    "Opens",
    "Reason",
    "Rule",
    "Scope",
    "Subject",
    "Words",
    "anchor",
    "rule_named",
    "rules",
    "rules_about",
    "touches",
]


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule of this folder, by name."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return tuple(sorted((m.RULE for m in modules if hasattr(m, "RULE")), key=lambda rule: rule.name))


def rule_named(name: str) -> Rule | None:
    """The rule of that name."""
    return next((rule for rule in rules() if rule.name == name), None)


def rules_about(about: About) -> list[Rule]:
    """The rules whose subjects are of that kind."""
    return [rule for rule in rules() if rule.about == about]


@cache
def touches() -> dict[type[Event], tuple[Touch, ...]]:
    """By event, all that says which subjects it touches: of the kinds of subjects, and of single rules."""
    found = {event: list(touching) for event, touching in TOUCHED_BY.items()}
    for rule in rules():
        for event, touch in rule.touched_by.items():
            found.setdefault(event, []).append(touch)
    return {event: tuple(touching) for event, touching in found.items()}
