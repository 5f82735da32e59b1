"""Where entries come from, one file each. A new file in this folder with a `SOURCE` is all it takes."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from .source import Found, Reason, Scope, Source, Stop

__all__ = ["Found", "Reason", "Scope", "Source", "Stop", "sources"]


@cache
def sources() -> tuple[Source, ...]:
    """Every source of this folder, by name."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return tuple(sorted((m.SOURCE for m in modules if hasattr(m, "SOURCE")), key=lambda source: source.name))
