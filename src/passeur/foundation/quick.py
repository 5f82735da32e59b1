"""What Django's templates do most often, in fewer steps and with the same answers.

Django looks a word up by trying: as a key, then as an attribute, then as a place, with an exception for each
try that fails. Here the type of a thing says which of them can succeed. Whatever is not met every day
(a failure, a class with ways of its own) is handed to Django's code, from the start.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any, Final, cast

from django.template import Context, Template
from django.template.base import (
    FilterExpression,
    Lexer,
    Node,
    NodeList,
    Parser,
    Variable,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import ForNode, URLNode
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import LazyObject, empty
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import get_language

_NOWHERE: Final = object()
"""No such name in the context."""
_UNSURE: Final = object()
"""Django's code is to say."""

_localtime: Any = vars(timezone)["template_localtime"]  # not among its annotations
_has_keys: dict[type, bool] = {}


class QuickTemplate(Template):
    """A template whose expressions are `Expression`."""

    def compile_nodelist(self) -> NodeList:
        parser = _Parser(
            Lexer(self.source).tokenize(),
            self.engine.template_libraries,
            self.engine.template_builtins,
            self.origin,
        )
        nodelist = parser.parse()
        self.extra_data = parser.extra_data
        return nodelist


class _Parser(Parser):
    def compile_filter(self, token: str) -> Expression:
        return Expression(token, self)


class Expression(FilterExpression):
    """A word of a tag with its filters."""

    __slots__ = ("steps",)

    def __init__(self, token: str, parser: Parser) -> None:
        super().__init__(token, parser)
        self.steps = [
            (
                function,
                given,
                getattr(function, "expects_localtime", False),
                getattr(function, "needs_autoescape", False),
                getattr(function, "is_safe", False),
            )
            for function, given in self.filters
        ]

    def resolve(self, context: Context, ignore_failures: bool = False) -> Any:
        value: Any = self.var
        if self.is_var:
            value = _found(value.lookups, context)
            if value is _NOWHERE:
                if not ignore_failures and cast("Template", context.template).engine.string_if_invalid:
                    return super().resolve(context, ignore_failures)
                value = None if ignore_failures else ""
            elif value is _UNSURE:
                return super().resolve(context, ignore_failures)
        for function, given, expects_localtime, needs_autoescape, is_safe in self.steps:
            arguments = [_argument(one, context) if asked else mark_safe(one) for asked, one in given]  # noqa: S308 - written in the template
            if expects_localtime:
                value = _localtime(value, context.use_tz)
            made = (
                function(value, *arguments, autoescape=context.autoescape)
                if needs_autoescape
                else function(value, *arguments)
            )
            value = mark_safe(made) if is_safe and isinstance(value, SafeData) else made  # noqa: S308 - as it was
        return value


def _argument(variable: Variable, context: Context) -> Any:
    value = _found(variable.lookups, context)
    return variable.resolve(context) if value is _NOWHERE or value is _UNSURE else value


def _found(lookups: tuple[str, ...] | None, context: Context) -> Any:
    if lookups is None:
        return _UNSURE
    value: Any = None
    name = lookups[0]
    for values in reversed(context.dicts):
        if name in values:
            value = values[name]
            break
    else:
        return _NOWHERE
    if callable(value) and (value := _called(value)) is _UNSURE:
        return _UNSURE
    for bit in lookups[1:]:
        if isinstance(value, LazyObject):
            value = behind(value)
        try:
            value = _part(value, bit)
        except Exception:  # whatever it is, Django's code says what comes of it
            return _UNSURE
        if callable(value) and (value := _called(value)) is _UNSURE:
            return _UNSURE
    return value


def _part(value: Any, bit: str) -> Any:
    kind = type(value)
    has_keys = _has_keys.get(kind)
    if has_keys is None:
        has_keys = _has_keys[kind] = hasattr(kind, "__getitem__")
    if has_keys:
        try:
            return value[bit]
        except (TypeError, AttributeError, KeyError, ValueError, IndexError):
            return getattr(value, bit)
    return getattr(value, bit)


def behind(value: Any) -> Any:
    """What a lazy object stands for."""
    if value._wrapped is empty:
        value._setup()
    return value._wrapped


def _called(value: Any) -> Any:
    if getattr(value, "do_not_call_in_templates", False):
        return value
    if getattr(value, "alters_data", False):
        return _UNSURE
    try:
        return value()
    except TypeError:
        return _UNSURE


class Nodes(NodeList):
    """Nodes in a row. Django notes here which of them failed, for a page that only developers see."""

    def render(self, context: Context) -> SafeString:
        return SafeString("".join([node.render(context) for node in self]))


class Shown(VariableNode):
    """`{{ word }}`."""

    def render(self, context: Context) -> str:
        value = self.filter_expression.resolve(context)
        if context.autoescape:
            kind = type(value)
            if kind is SafeString:
                return value  # type: ignore[no-any-return]
            if kind is str:
                return escape(value)
        return render_value_in_context(value, context)


class Loop(ForNode):
    """`{% for word in words %}`, of one word or of several."""

    def render(self, context: Context) -> SafeString:
        values = cast("Expression", self.sequence).resolve(context, ignore_failures=True)
        values = [] if values is None else values if isinstance(values, list | tuple) else list(values)
        if not values:
            with context.push():
                return cast("NodeList", self.nodelist_empty).render(context)
        if self.is_reversed:
            values = values[::-1]
        count, names, drawn = len(values), self.loopvars, []
        nodes = list(cast("NodeList", self.nodelist_loop))
        about: dict[str, Any] = {"parentloop": context.get("forloop", {})}
        with context.push() as here:
            here["forloop"] = about
            for place, value in enumerate(values):
                about["counter0"], about["counter"] = place, place + 1
                about["revcounter"], about["revcounter0"] = count - place, count - place - 1
                about["first"], about["last"] = place == 0, place == count - 1
                if len(names) == 1:
                    here[names[0]] = value
                    drawn += [node.render(context) for node in nodes]
                    continue
                if len(parts := tuple(value)) != len(names):
                    raise ValueError(f"{len(names)} words, {len(parts)} values")
                with context.push(**dict(zip(names, parts, strict=True))):
                    drawn += [node.render(context) for node in nodes]
        return SafeString("".join(drawn))


class Constant(Node):
    """What is the same for everybody who reads one language; drawn the first time that language is asked."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = Nodes(nodes)
        self.drawn: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        drawn = self.drawn.get(language)
        if drawn is None:
            drawn = self.drawn[language] = self.nodes.render(Context())
        return drawn


class Address(Node):
    """`{% url "room:name" key %}`: where a name and its keys lead does not change while a process lives."""

    child_nodelists = ()

    def __init__(self, node: URLNode) -> None:
        self.name, self.keys = str(node.view_name.var), node.args
        self.asvar = node.asvar

    def render(self, context: Context) -> SafeString:
        keys = [key.resolve(context) for key in self.keys]
        if self.asvar is None:
            return address(self.name, *keys)
        try:
            context[self.asvar] = address(self.name, *keys)
        except NoReverseMatch:
            context[self.asvar] = ""
        return SafeString("")


@lru_cache(maxsize=20_000, typed=True)
def address(name: str, *keys: Any) -> SafeString:
    """Where a name and its keys lead, safe."""
    return conditional_escape(reverse(name, args=keys))
