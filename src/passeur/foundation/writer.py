"""How the function of a template is written: its lines, its variables, and its words with their filters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from django.template.base import FilterExpression, Variable
from django.template.defaulttags import TemplateLiteral
from django.utils.safestring import mark_safe

from . import strands
from .quick import Expression

Names = Mapping[str, str]
"""The names that are bound here, and the variable of Python that each is."""

_OPERATORS = {"or", "and", "in", "not in", "is", "is not", "==", "!=", ">", ">=", "<", "<="}


class Writer:
    """The text of one function, `_lines`, and `_things`, what it calls by name."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._depth = 1
        self._things: dict[str, Any] = dict(strands.GIVEN)
        self._outer: dict[str, str] = {}
        self._asked: set[str] = set()
        self._count = 0

    def _write(self, line: str) -> None:
        self._lines.append(" " * self._depth + line)

    @contextmanager
    def _within(self, head: str) -> Iterator[None]:
        self._write(head)
        self._depth += 1
        yield
        self._depth -= 1

    def _variable(self) -> str:
        self._count += 1
        return f"v{self._count}"

    def _thing(self, thing: Any) -> str:
        """A name for an object of the template."""
        self._count += 1
        self._things[f"t{self._count}"] = thing
        return f"t{self._count}"

    def _from_outside(self, name: str) -> str:
        if name not in self._outer:
            self._outer[name] = self._variable()
        return self._outer[name]

    def _named(self, name: str, names: Names) -> str:
        """The variable of a name; asked for, where it stands in the text."""
        variable = names.get(name) or self._from_outside(name)
        self._asked.add(variable)
        return variable

    def _bound(self, names: Names) -> str:
        return "{" + ", ".join(f"{name!r}: {one}" for name, one in names.items()) + "}"

    def _value(self, word: FilterExpression, names: Names, *, may_lack: bool = False) -> str:
        """Write what works out a word with its filters; the variable that holds it."""
        variable = self._variable()
        code = self._code(word, names, may_lack=may_lack)
        asking = f"again({self._thing(word)}, context, {self._bound(names)}, {may_lack})"
        if code is None:
            self._write(f"{variable} = {asking}")
        else:
            self._write(f"try: {variable} = {code}")
            self._write(f"except Exception: {variable} = {asking}")
        return variable

    def _code(self, word: FilterExpression, names: Names, *, may_lack: bool) -> str | None:
        if not isinstance(word, Expression):
            return None
        if not word.is_var:
            code: str | None = self._thing(word.var)
        else:
            code = self._looked_up(word.var, names, "None" if may_lack else '""')
        for function, given, expects_localtime, needs_autoescape, is_safe in word.steps:
            more = [
                self._looked_up(one, names, "lost()") if asked else self._thing(mark_safe(one))  # noqa: S308 - written in the template
                for asked, one in given
            ]
            if code is None or None in more:
                return None
            if expects_localtime:
                code = f"localtime({code}, context.use_tz)"
            arguments = [code, *cast("list[str]", more), *(["autoescape=True"] if needs_autoescape else [])]
            called = self._thing(function)
            code = f"kept_safe({called}, " if is_safe else f"{called}("
            code += ", ".join(arguments) + ")"
        return code

    def _looked_up(self, variable: Variable, names: Names, lacking: str) -> str | None:
        if variable.translate:
            return None
        if variable.lookups is None:
            return self._thing(variable.literal)
        first, *bits = variable.lookups
        base = self._named(first, names)
        if not bits:
            return f"({base} if not callable({base}) else {lacking} if {base} is NOWHERE else called({base}))"
        code = f"({base} if not callable({base}) else called({base}))"
        for bit in bits:
            code = f"part({code}, {bit!r})"
        return f"({lacking} if {base} is NOWHERE else {code})"

    def _condition(self, condition: Any, names: Names) -> str | None:
        if isinstance(condition, TemplateLiteral):
            word: Any = condition.value
            return self._code(word, names, may_lack=True)
        first = self._condition(condition.first, names)
        if first is None:
            return None
        if condition.id == "not":
            return f"(not {first})"
        second = self._condition(condition.second, names)
        if second is None or condition.id not in _OPERATORS:
            return None
        return f"({first} {condition.id} {second})"
