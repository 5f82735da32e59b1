"""Templates, folded when they are read: what only the language changes is drawn once in each language.

Most of a page is text, translations, icons and addresses without a key: the same for everybody. Between
two places where something of the request is asked, all of it becomes one node. A template included by name
is read into its includer, so that its constant parts join those around it. Nothing that depends on a person,
a permission or a row is kept: `_is_constant` says all that is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.template import Context, Template, TemplateDoesNotExist
from django.template.base import FilterExpression, Node, NodeList, TextNode, Variable, VariableNode
from django.template.defaulttags import (
    AutoEscapeControlNode,
    CommentNode,
    CsrfTokenNode,
    ForNode,
    IfNode,
    LoadNode,
    URLNode,
    WithNode,
)
from django.template.library import SimpleNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.template.loaders import base, cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

_being_read: ContextVar[frozenset[str]] = ContextVar("being_read", default=frozenset())


class _Folding(base.Loader):
    """Reads a template and folds it; `Loader` keeps the result."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        if not self.engine.debug:  # there, errors show the very node that raised them
            token = _being_read.set(_being_read.get() | {template_name})
            try:
                template.nodelist = self._folded(template.nodelist)
            finally:
                _being_read.reset(token)
        return template

    def _folded(self, read: NodeList) -> NodeList:
        opened = [part for node in read for part in self._opened(node)]
        result = NodeList()
        for same_for_all, run in groupby(opened, key=_is_constant):
            nodes = list(run)
            result.extend(_joined(nodes) if same_for_all else nodes)
        return result

    def _opened(self, node: Node) -> Iterator[Node]:
        """A node with its children folded, or what stands in its place."""
        if isinstance(node, LoadNode | CommentNode):
            return
        if isinstance(node, IncludeNode) and (included := self._included(node)) is not None:
            if node.extra_context or any(_names_something(part) for part in included):
                yield WithNode(None, None, included, extra_context=node.extra_context)
            else:
                yield from included
            return
        if isinstance(node, IfNode):
            node.conditions_nodelists = [
                (condition, self._folded(nodelist)) for condition, nodelist in node.conditions_nodelists
            ]
        elif not isinstance(node, AutoEscapeControlNode):
            for name in node.child_nodelists:
                if isinstance(nodelist := getattr(node, name, None), NodeList):
                    setattr(node, name, self._folded(nodelist))
        yield Address(node) if isinstance(node, URLNode) and _is_an_address(node) else node

    def _included(self, node: IncludeNode) -> NodeList | None:
        """The nodes of an included template that is known by name and stands by itself."""
        name = node.template.var if _is_fixed(node.template) else None
        if not isinstance(name, str) or node.isolated_context or name in _being_read.get():
            return None
        try:
            nodes: NodeList = self.get_template(name).nodelist
        except TemplateDoesNotExist:
            return None  # said when the page is drawn, if that part of it is
        is_a_page = nodes.get_nodes_by_type(BlockNode) or nodes.get_nodes_by_type(ExtendsNode)
        return None if is_a_page else nodes


class Loader(cached.Loader, _Folding):
    """Django's loader that keeps what it has read, over `_Folding`."""


class Constant(Node):
    """What is the same for everybody who reads one language; drawn the first time that language is asked."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = NodeList(nodes)
        self._drawn: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        drawn = self._drawn.get(language)
        if drawn is None:
            drawn = self._drawn[language] = self.nodes.render(Context())
        return drawn


class Address(Node):
    """`{% url "room:name" key %}`: where a name and its keys lead does not change while a process lives."""

    child_nodelists = ()

    def __init__(self, node: URLNode) -> None:
        self._name, self._keys = str(node.view_name.var), node.args

    def render(self, context: Context) -> SafeString:
        return _address(self._name, *[key.resolve(context) for key in self._keys])


@lru_cache(maxsize=20_000, typed=True)
def _address(name: str, *keys: Any) -> SafeString:
    return conditional_escape(reverse(name, args=keys))


# What leaves no name among its neighbours; a loop and a `with` take theirs away themselves.
_NAMELESS = (TextNode, VariableNode, Constant, Address, ForNode, WithNode, IncludeNode, CsrfTokenNode)


def constant(tag: Any) -> Any:
    """Say of a simple tag that equal arguments always give the same, whoever reads."""
    tag.is_constant = True
    return tag


def _is_constant(node: Node) -> bool:
    if isinstance(node, TextNode | Constant):
        return True
    if isinstance(node, TranslateNode):
        return node.asvar is None and not node.filter_expression.filters and _is_literal(node)
    if isinstance(node, StaticNode):
        return node.varname is None and _is_fixed(node.path)
    if isinstance(node, SimpleNode):
        words = [*node.args, *node.kwargs.values()]
        return hasattr(node.func, "is_constant") and node.target_var is None and all(map(_is_fixed, words))
    if isinstance(node, URLNode):
        return node.asvar is None and not node.args and not node.kwargs and _is_fixed(node.view_name)
    return False


def _is_literal(node: TranslateNode) -> bool:
    """Whether what is translated stands in the template."""
    return node.filter_expression.var.literal is not None


def _is_fixed(words: FilterExpression) -> bool:
    """Whether a word of a tag is a constant, without filters."""
    var = words.var
    return not words.filters and (isinstance(var, str) or (isinstance(var, Variable) and var.lookups is None))


def _is_an_address(node: URLNode) -> bool:
    return (
        node.asvar is None
        and bool(node.args)
        and not node.kwargs
        and isinstance(node.view_name.var, str)
        and not node.view_name.filters
    )


def _names_something(node: Node) -> bool:
    """Whether a node may leave a name in the context of its neighbours."""
    if isinstance(node, IfNode):
        return any(_names_something(child) for child in node)
    if isinstance(node, SimpleNode):
        return node.target_var is not None
    if isinstance(node, TranslateNode | BlockTranslateNode):
        return node.asvar is not None
    return not isinstance(node, _NAMELESS)


def _joined(nodes: list[Node]) -> list[Node]:
    """A run of constants as one node."""
    flat = [part for node in nodes for part in (node.nodes if isinstance(node, Constant) else [node])]
    texts = [node.s for node in flat if isinstance(node, TextNode)]
    return [TextNode("".join(texts)) if len(texts) == len(flat) else Constant(flat)]
