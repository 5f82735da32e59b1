"""Templates, folded when they are read: what only the language changes is drawn once in each language.

Most of a page is text, translations, icons and addresses without a key: the same for everybody. Between
two places where something of the request is asked, all of it becomes one node. A template included by name
is read into its includer, and one that extends another into the place of its blocks, so that constant parts
join. Nothing that depends on a person, a permission or a row is kept: `_is_constant` says all that is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from contextlib import suppress
from contextvars import ContextVar
from itertools import groupby
from typing import Any, cast

from django.template import Origin, Template, TemplateDoesNotExist, TemplateSyntaxError
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
from django.templatetags.i18n import BlockTranslateNode, LanguageNode, TranslateNode
from django.templatetags.static import StaticNode

from .quick import Address, Constant, Loop, Nodes, QuickTemplate, Shown
from .woven import Woven

_being_read: ContextVar[frozenset[str]] = ContextVar("being_read", default=frozenset())


class _Folding(base.Loader):
    """Reads a template and folds it; `Loader` keeps the result."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        if self.engine.debug:  # there, errors show the very node that raised them
            return super().get_template(template_name, skip)
        template = self.read(template_name, skip or ())
        token = _being_read.set(_being_read.get() | {template_name})
        try:
            template.nodelist = Woven(_Fold(self, template).nodes)
        finally:
            _being_read.reset(token)
        return template

    def read(self, name: str, skip: Collection[Origin]) -> Template:
        """The template of that name, as it is written; `skip`: not from there."""
        for origin in self.get_template_sources(name):
            if origin not in skip:
                with suppress(TemplateDoesNotExist):
                    contents = cast("Any", self).get_contents(origin)
                    return QuickTemplate(contents, origin, str(origin.template_name), self.engine)
        raise TemplateDoesNotExist(name)


class _Fold:
    """One template and those it extends, as one row of nodes."""

    def __init__(self, loader: _Folding, template: Template) -> None:
        self._loader = loader
        self._layers: dict[str, list[NodeList]] = defaultdict(list)
        self._within: list[tuple[str, int]] = []
        self.nodes = self._folded(self._base(template))

    def _base(self, template: Template) -> NodeList:
        """What stands around all; on the way there, each block as each template says it."""
        seen = [template.origin]
        while extends := template.nodelist.get_nodes_by_type(ExtendsNode):
            first = cast("ExtendsNode", extends[0])
            name: Any = first.parent_name
            if not _is_fixed(name) or not isinstance(name.var, str):
                raise TemplateSyntaxError(f"{template.name}: {{% extends %}} takes a name in quotes.")
            for block in first.blocks.values():
                self._layers[block.name].append(block.nodelist)
            template = self._loader.read(name.var, seen)
            seen.append(template.origin)
        for block in cast("list[BlockNode]", template.nodelist.get_nodes_by_type(BlockNode)):
            self._layers[block.name].append(block.nodelist)
        return template.nodelist

    def _folded(self, read: NodeList) -> NodeList:
        opened = [part for node in read for part in self._opened(node)]
        result = Nodes()
        for same_for_all, run in groupby(opened, key=_is_constant):
            nodes = list(run)
            result.extend(_joined(nodes) if same_for_all else nodes)
        return result

    def _opened(self, node: Node) -> Iterable[Node]:
        """A node with its children folded, or what stands in its place."""
        if isinstance(node, LoadNode | CommentNode):
            return ()
        if isinstance(node, LanguageNode):
            raise TemplateSyntaxError("A template is drawn in one language: set it around the drawing.")
        if isinstance(node, BlockNode):
            return self._block(node.name, 0)
        if isinstance(node, VariableNode):
            expression = node.filter_expression
            if expression.token == "block.super" and self._within:  # noqa: S105 - a word of a template
                name, depth = self._within[-1]
                return self._block(name, depth + 1)
            return [Shown(expression)]
        if isinstance(node, IncludeNode) and (included := self._included(node)) is not None:
            return _scope(included, node.extra_context)
        if isinstance(node, IfNode):
            node.conditions_nodelists = [
                (condition, self._folded(nodelist)) for condition, nodelist in node.conditions_nodelists
            ]
        elif not isinstance(node, AutoEscapeControlNode):
            for name in node.child_nodelists:
                if isinstance(nodelist := getattr(node, name, None), NodeList):
                    setattr(node, name, self._folded(nodelist))
        if type(node) is ForNode:
            node.__class__ = Loop
        return [Address(node) if isinstance(node, URLNode) and _is_an_address(node) else node]

    def _block(self, name: str, depth: int) -> Iterable[Node]:
        """A block as the last template says it; `depth`: as so many before it."""
        layers = self._layers[name]
        if depth >= len(layers):
            return ()
        self._within.append((name, depth))
        try:
            return _scope(self._folded(layers[depth]), {})
        finally:
            self._within.pop()

    def _included(self, node: IncludeNode) -> NodeList | None:
        """The nodes of an included template that is known by name and stands by itself."""
        name = node.template.var if _is_fixed(node.template) else None
        if not isinstance(name, str) or node.isolated_context or name in _being_read.get():
            return None
        try:
            nodes: NodeList = self._loader.get_template(name).nodelist
        except TemplateDoesNotExist:
            return None  # said when the page is drawn, if that part of it is
        return nodes


def _scope(nodes: NodeList, values: dict[str, FilterExpression]) -> Iterable[Node]:
    """Nodes whose names are their own."""
    if values or any(_names_something(part) for part in nodes):
        return [WithNode(None, None, nodes, extra_context=values)]
    return nodes


class Loader(cached.Loader, _Folding):
    """Django's loader that keeps what it has read, over `_Folding`."""


# What leaves no name among its neighbours; a loop and a `with` take theirs away themselves.
_NAMELESS = (TextNode, VariableNode, Constant, ForNode, WithNode, IncludeNode, CsrfTokenNode)


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
        bool(node.args or node.asvar)
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
    if isinstance(node, Address):
        return node.asvar is not None
    if isinstance(node, TranslateNode | BlockTranslateNode):
        return node.asvar is not None
    return not isinstance(node, _NAMELESS)


def _joined(nodes: list[Node]) -> list[Node]:
    """A run of constants as one node."""
    flat = [part for node in nodes for part in (node.nodes if isinstance(node, Constant) else [node])]
    texts = [node.s for node in flat if isinstance(node, TextNode)]
    return [TextNode("".join(texts)) if len(texts) == len(flat) else Constant(flat)]
