"""The rules that find cues, one file each. A new file in this folder with a `RULE` is all it takes."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from .cue import Cue, Reason, Rule, Scope, anchor
from .moves import Move, Opens, Words

__all__ = ["Cue", "Move", "Opens", "Reason", "Rule", "Scope", "Words", "anchor", "rules"]


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule of this folder, by name."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return tuple(sorted((m.RULE for m in modules if hasattr(m, "RULE")), key=lambda rule: rule.name))
