"""What the functions of `woven` call: looking up, showing, and asking Django where that fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from copy import copy
from decimal import Decimal
from html import escape
from typing import Any, Final, NoReturn, cast

from django.conf import settings
from django.template import Context, VariableDoesNotExist
from django.template.base import FilterExpression, Node, render_value_in_context
from django.templatetags.i18n import BlockTranslateNode
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.functional import LazyObject, Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from .quick import behind


def _nowhere() -> NoReturn:
    raise LookupError


NOWHERE: Final = _nowhere
"""No such name in the context. A function, so that it is asked about only where a value is one."""

Bound = Mapping[str, Any]
"""What a template has bound around a place, by name."""

localtime: Any = vars(timezone)["template_localtime"]  # not among its annotations
_ways: dict[type, int] = {}
_PLAIN, _KEYED, _LAZY = range(3)


def outside(context: Context, name: str) -> Any:
    """What a name is outside of the template."""
    for values in reversed(context.dicts):
        if name in values:
            return values[name]
    return NOWHERE


def part(value: Any, bit: str) -> Any:
    """`value.bit`. An exception of any kind where Django's code is to say."""
    kind = type(value)
    way = _ways.get(kind)
    if way is None:
        way = _ways[kind] = (
            _LAZY if issubclass(kind, LazyObject) else _KEYED if hasattr(kind, "__getitem__") else _PLAIN
        )
    if way == _PLAIN:
        found = getattr(value, bit)
    elif way == _LAZY:
        return part(behind(value), bit)
    else:
        try:
            found = value[bit]
        except (TypeError, AttributeError, KeyError, ValueError, IndexError):
            found = getattr(value, bit)
    return called(found) if callable(found) else found


def called(value: Any) -> Any:
    """What a function that stands in a template gives."""
    if getattr(value, "do_not_call_in_templates", False):
        return value
    if getattr(value, "alters_data", False):
        raise TypeError("Django says what is shown instead")
    return value()


def lost() -> Any:
    """An argument of a filter that is not there."""
    raise LookupError


def kept_safe(function: Callable[..., Any], value: Any, *given: Any, **more: Any) -> Any:
    """A filter that leaves safe what is safe."""
    made = function(value, *given, **more)
    return mark_safe(made) if isinstance(value, SafeData) else made  # noqa: S308 - as it was


def shown(value: Any, context: Context) -> str:
    """A value that is not a text, as it stands in a page."""
    if type(value) is int and not settings.USE_THOUSAND_SEPARATOR:
        return str(value)
    if isinstance(value, Promise):
        return conditional_escape(str(value))
    return render_value_in_context(value, context)


def text(value: Any, context: Context) -> str:
    """Any value, as it stands in a page."""
    kind = type(value)
    if kind is SafeString:
        return cast("str", value)
    if kind is str:
        return escape(value)
    return "" if value is NOWHERE else shown(value, context)


def items_of(values: Any) -> Any:
    """What a loop goes through."""
    if values is None:
        return ()
    return values if isinstance(values, list | tuple) else list(values)


def apart(item: Any, count: int) -> tuple[Any, ...]:
    """An item for several words."""
    try:
        parts = tuple(item)
    except TypeError:
        parts = (item,)
    if len(parts) != count:
        raise ValueError(f"{count} words, {len(parts)} values")
    return parts


def told_where(about: dict[str, Any], place: int, count: int) -> None:
    """`forloop`, at that item of so many."""
    about["counter0"], about["counter"] = place, place + 1
    about["revcounter"], about["revcounter0"] = count - place, count - place - 1
    about["first"], about["last"] = place == 0, place == count - 1


def address_or_nothing(leads: Callable[..., str], *keys: Any) -> str:
    """`{% url … as name %}`."""
    try:
        return leads(*keys)
    except NoReverseMatch:
        return ""


def said_in(language: str | None, kept: dict[str | None, Any], node: Node) -> Any:
    """A sentence of the template, kept by language."""
    said = kept.get(language)
    if said is None:
        said = kept[language] = node.render(Context())
    return said


def token_field(node: Node, token: Any) -> str:
    """`{% csrf_token %}`."""
    return node.render(cast("Context", {} if token is NOWHERE else {"csrf_token": token}))


class Sentence:
    """`{% blocktranslate %}`: its words for one, and for many where it counts."""

    def __init__(self, node: BlockTranslateNode, one: str, many: str | None) -> None:
        self._node, self._one, self._many = copy(node), one, many
        self._node.asvar = None
        self._kept: dict[str | None, str] = {}

    def said(
        self, context: Context, language: str | None, count: Any, values: Mapping[str, Any], bound: Bound
    ) -> str:
        try:
            return self._words(language, count) % {name: text(one, context) for name, one in values.items()}
        except (TypeError, KeyError, ValueError):
            return by_itself(self._node, context, bound)

    def _words(self, language: str | None, count: Any) -> str:
        if self._many is not None:
            if not isinstance(count, Decimal | float | int):
                raise TypeError("Django says that it is no number")
            return ngettext(self._one, self._many, cast("int", count))
        words = self._kept.get(language)
        if words is None:
            words = self._kept[language] = gettext(self._one)
        return words


def again(word: FilterExpression, context: Context, bound: Bound, may_lack: bool) -> Any:
    """What Django's own code makes of a word."""
    with _around(context, bound):
        return word.resolve(context, ignore_failures=may_lack)


def again_if(condition: Any, context: Context, bound: Bound) -> Any:
    """Whether a condition holds, by Django's own code."""
    with _around(context, bound):
        try:
            return condition.eval(context)
        except VariableDoesNotExist:
            return None


def by_itself(node: Node, context: Context, bound: Bound) -> str:
    """A node that draws itself."""
    with _around(context, bound):
        return node.render(context)


def _around(context: Context, bound: Bound) -> AbstractContextManager[Any]:
    known = {name: value for name, value in bound.items() if value is not NOWHERE}
    return cast("AbstractContextManager[Any]", context.push(known))


GIVEN: Final[dict[str, Any]] = {
    one.__name__: one
    for one in (
        outside, part, called, lost, kept_safe, shown, items_of, apart, told_where, address_or_nothing,
        said_in, token_field, again, again_if, by_itself, get_language, escape, conditional_escape,
        SafeString,
    )
} | {"NOWHERE": NOWHERE, "localtime": localtime}  # fmt: skip
"""What a function finds by name, beside the things of its template."""
