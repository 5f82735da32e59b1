"""A folded template as one function of Python, written the first time it is drawn.

Django walks a template as a tree: each word looks its name up in a stack of dictionaries, each loop and each
`with` pushes another, each node gives a text to the node around it. Here the tree is walked once, when the
function is written: names that the template binds are variables of Python, and every text goes straight into
one list. What a word means stays Django's to say: wherever looking it up fails, its own code is asked
(`strands.again`), and a node that is not known here is drawn by itself, in a context that holds what is bound
around it. A template with a tag that may bind any name is drawn as before. Why, and what it saves:
`docs/decisions/0058-templates-as-functions.md`.
"""

from __future__ import annotations

import linecache
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from typing import Any, cast

from django.template import Context
from django.template.base import Node, TextNode, VariableNode
from django.template.defaulttags import (
    AutoEscapeControlNode,
    CsrfTokenNode,
    ForNode,
    IfNode,
    URLNode,
    WithNode,
)
from django.template.library import InclusionNode, SimpleBlockNode, SimpleNode
from django.template.loader_tags import IncludeNode
from django.templatetags.i18n import BlockTranslateNode, GetCurrentLanguageNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString

from . import strands
from .quick import Address, Constant, Nodes, address
from .writer import Names, Writer

_BINDING = (SimpleNode, TranslateNode, BlockTranslateNode, URLNode, StaticNode, GetCurrentLanguageNode)
_BINDS_NOTHING = (
    AutoEscapeControlNode,
    Constant,
    CsrfTokenNode,
    ForNode,
    IncludeNode,
    InclusionNode,
    TextNode,
    VariableNode,
    WithNode,
)


class Unknown(Exception):
    """A tag of which it cannot be said which names it binds."""


class Woven(Nodes):
    """Folded nodes, drawn by the function that is made of them."""

    _draw: Callable[[Context], SafeString] | None = None

    def render(self, context: Context) -> SafeString:
        if not context.autoescape:
            return super().render(context)
        if self._draw is None:
            template = cast("Any", context.template)
            try:
                if template.engine.string_if_invalid:
                    raise Unknown("What is not there is shown otherwise")
                self._draw = written(self, str(template.name))
            except Unknown:
                self._draw = super().render
        return self._draw(context)


def written(nodes: Iterable[Node], name: str) -> Callable[[Context], SafeString]:
    """The function that draws these nodes of the template of that name. Unknown where none can be written."""
    return _Weaver().woven(nodes, name)


def bound_by(node: Node) -> Iterable[str]:
    """The names that a node leaves to its neighbours. Unknown where that cannot be said."""
    if isinstance(node, IfNode):
        return [name for child in node for name in bound_by(child)]
    if isinstance(node, _BINDING):
        words = ("target_var", "asvar", "varname", "variable")
        return [name for word in words if (name := getattr(node, word, None))]
    if hasattr(node, "asvar"):
        return [node.asvar] if node.asvar else []
    if isinstance(node, _BINDS_NOTHING):
        return []
    children = [getattr(node, name, None) for name in node.child_nodelists]
    if not getattr(node, "binds_as_its_children", False):
        raise Unknown(type(node).__name__)
    return [name for nodes in children for child in nodes or () for name in bound_by(child)]


class _Weaver(Writer):
    """Writes the function of a template, node by node."""

    def woven(self, nodes: Iterable[Node], name: str) -> Callable[[Context], SafeString]:
        nodes = list(nodes)
        names: dict[str, str] = {}
        for one in (one for node in nodes for one in bound_by(node)):
            names[one] = self._from_outside(one)
        self._nodes(nodes, names)
        head = [
            "def draw(context):",
            " out = []",
            " add = out.append",
            " language = get_language()",
            *[f" {variable} = outside(context, {one!r})" for one, variable in self._outer.items()],
        ]
        text = "\n".join([*head, *self._lines, ' return SafeString("".join(out))', ""])
        place = f"<{name} as a function, {id(self):x}>"
        exec(compile(text, place, "exec"), self._things)  # noqa: S102 - written above, of names given above
        linecache.cache[place] = (len(text), None, text.splitlines(keepends=True), place)
        return cast("Callable[[Context], SafeString]", self._things["draw"])

    def _nodes(self, nodes: Iterable[Node], names: Names) -> None:
        for node in nodes:
            for kind, write in _WRITERS:
                if isinstance(node, kind):
                    write(self, node, names)
                    break
            else:
                self._by_itself(node, names)

    def _by_itself(self, node: Node, names: Names) -> None:
        """A node that draws itself, in a context that holds what is bound around it."""
        for name in bound_by(node):
            raise Unknown(f"{type(node).__name__} binds {name}")
        for name in node.child_nodelists:
            if type(nodes := getattr(node, name, None)) is Nodes:
                setattr(node, name, Woven(nodes))
        self._asked.update(names.values())
        self._write(f"add(by_itself({self._thing(node)}, context, {self._bound(names)}))")

    def _text(self, node: Any, names: Names) -> None:
        self._write(f"add({str(node.s)!r})")

    def _constant(self, node: Any, names: Names) -> None:
        self._write(f"add({self._thing(node.drawn)}.get(language) or {self._thing(node)}.render(context))")

    def _shown(self, node: Any, names: Names) -> None:
        self._show(self._value(node.filter_expression, names))

    def _show(self, value: str) -> None:
        self._write(f"k = type({value})")
        self._write(
            f"add({value} if k is SafeString else escape({value}) if k is str else shown({value}, context))"
        )

    def _if(self, node: Any, names: Names) -> None:
        depth = self._depth
        for condition, nodes in node.conditions_nodelists:
            if condition is None:
                self._nodes(nodes, names)
                break
            holds = self._variable()
            code = self._condition(condition, names)
            asking = f"again_if({self._thing(condition)}, context, {self._bound(names)})"
            if code is None:
                self._write(f"{holds} = {asking}")
            else:
                self._write(f"try: {holds} = {code}")
                self._write(f"except Exception: {holds} = {asking}")
            with self._within(f"if {holds}:"):
                self._write("pass")
                self._nodes(nodes, names)
            self._write("else:")
            self._depth += 1
            self._write("pass")
        self._depth = depth

    def _scope(self, nodes: Sequence[Node], names: Names) -> dict[str, str]:
        """A scope of these nodes: what they bind is a variable of its own, which begins as it is outside."""
        inner = dict(names)
        for name in dict.fromkeys(one for node in nodes for one in bound_by(node)):
            inner[name] = self._variable()
            self._write(f"{inner[name]} = {self._named(name, names)}")
        return inner

    def _with(self, node: Any, names: Names) -> None:
        given = {name: self._value(word, names) for name, word in node.extra_context.items()}
        self._nodes(node.nodelist, self._scope(node.nodelist, {**names, **given}))

    def _for(self, node: Any, names: Names) -> None:
        items, about, place, item = (self._variable() for _ in range(4))
        self._write(f"{items} = items_of({self._value(node.sequence, names, may_lack=True)})")
        with self._within(f"if {items}:"):
            if node.is_reversed:
                self._write(f"{items} = {items}[::-1]")
            around, self._lines = self._lines, []
            before = self._loop(
                node, {**names, "forloop": about}, f"for {place}, {item} in enumerate({items}):", item
            )
            loop, self._lines = self._lines, around
            if about in self._asked:
                outer = self._named("forloop", names)
                self._write(f"{about} = {{'parentloop': {{}} if {outer} is NOWHERE else {outer}}}")
                loop.insert(before, f"{' ' * (self._depth + 1)}told_where({about}, {place}, len({items}))")
            else:
                self._write(f"{about} = NOWHERE")
            self._lines += loop
        with self._within("else:"):
            self._write("pass")
            self._nodes(node.nodelist_empty, self._scope(node.nodelist_empty, names))

    def _loop(self, node: Any, names: Names, head: str, item: str) -> int:
        """Write a loop; the number of its line before which nothing of it is drawn."""
        variables = {name: self._variable() for name in node.loopvars}
        names = {**names, **variables}
        alone = len(variables) == 1
        if alone:  # what is bound stays bound for the next item; where words are several, it does not
            for variable in variables.values():
                self._write(f"{variable} = NOWHERE")
            names = self._scope(node.nodelist_loop, names)
        with self._within(head):
            before = len(self._lines)
            if alone:
                self._write(f"{names[node.loopvars[0]]} = {item}")
            else:
                self._write(f"{', '.join(variables.values())} = apart({item}, {len(node.loopvars)})")
                names = self._scope(node.nodelist_loop, names)
            self._nodes(node.nodelist_loop, names)
        return before

    def _simple(self, node: Any, names: Names) -> None:
        if node.takes_context:
            self._by_itself(node, names)
            return
        given = [self._value(word, names) for word in node.args]
        given += [f"{name}={self._value(word, names)}" for name, word in node.kwargs.items()]
        made = self._variable()
        self._write(f"{made} = {self._thing(node.func)}({', '.join(given)})")
        if node.target_var is not None:
            self._write(f"{names[node.target_var]} = {made}")
        else:
            self._write(f"add({made} if type({made}) is SafeString else conditional_escape({made}))")

    def _address(self, node: Any, names: Names) -> None:
        keys = ", ".join([repr(node.name), *[self._value(key, names) for key in node.keys]])
        if node.asvar is None:
            self._write(f"add({self._thing(address)}({keys}))")
        else:
            self._write(f"{names[node.asvar]} = address_or_nothing({self._thing(address)}, {keys})")

    def _translate(self, node: Any, names: Names) -> None:
        word = node.filter_expression
        if node.message_context is not None or word.filters or word.var.literal is None or not node.asvar:
            self._by_itself(node, names)
            return
        plain = copy(node)
        plain.asvar = None
        said = f"said_in(language, {self._thing({})}, {self._thing(plain)})"
        self._write(f"{names[node.asvar]} = {said}")

    def _block_translate(self, node: Any, names: Names) -> None:
        if node.message_context is not None:
            self._by_itself(node, names)
            return
        inner = {**names, **{name: self._value(word, names) for name, word in node.extra_context.items()}}
        one, words = node.render_token_list(node.singular)
        many, count = None, None
        if node.plural and node.countervar and node.counter:
            count = self._value(node.counter, inner)
            inner[node.countervar] = count
            many, more = node.render_token_list(node.plural)
            words = [*words, *more]
        values = ", ".join(f"{word!r}: {self._named(word, inner)}" for word in dict.fromkeys(words))
        sentence = self._thing(strands.Sentence(node, one, many))
        made = self._variable()
        given = f"context, language, {count}, {{{values}}}, {self._bound(names)}"
        self._write(f"{made} = {sentence}.said({given})")
        self._write(f"{names[node.asvar]} = SafeString({made})" if node.asvar else f"add({made})")

    def _language(self, node: Any, names: Names) -> None:
        self._write(f"{names[node.variable]} = language")

    def _token(self, node: Any, names: Names) -> None:
        self._write(f"add(token_field({self._thing(node)}, {self._named('csrf_token', names)}))")


_WRITERS: list[tuple[type[Node], Callable[[_Weaver, Any, Names], None]]] = [
    (TextNode, _Weaver._text),
    (Constant, _Weaver._constant),
    (VariableNode, _Weaver._shown),
    (IfNode, _Weaver._if),
    (ForNode, _Weaver._for),
    (WithNode, _Weaver._with),
    (Address, _Weaver._address),
    (SimpleBlockNode, _Weaver._by_itself),
    (SimpleNode, _Weaver._simple),
    (BlockTranslateNode, _Weaver._block_translate),
    (TranslateNode, _Weaver._translate),
    (GetCurrentLanguageNode, _Weaver._language),
    (CsrfTokenNode, _Weaver._token),
]
