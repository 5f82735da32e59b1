"""Markdown to safe HTML: CommonMark, tables, strikethrough, bare addresses, maths, mentions; no raw HTML."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.dollarmath import dollarmath_plugin

from passeur.foundation.headings import fitted
from passeur.foundation.markdown.sanitising import clean

LinkResolver = Callable[[str], str | None]
"""From an address as written to the address it should lead to; None leaves it as it is."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of ours that a page may show; sizes in pixels, `name` for whoever described it in no words."""

    address: str
    width: int
    height: int
    name: str


PictureResolver = Callable[[Collection[str]], Mapping[str, Picture]]
"""From the addresses of all images of a text to those that are ours and may be shown in it."""

MentionResolver = Callable[[Collection[str]], Mapping[str, tuple[int, str, str]]]
"""From all handles of a text to key, name and address of those that are somebody."""

_ADDRESS = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?'\"«»“”’…)\]]", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@/.-])@([\w-]*\w)")


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML, the keys of the members it names, the addresses it leads to and the pictures it shows."""

    html: SafeString
    mentions: list[int] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


def render(
    text: str,
    *,
    link_resolver: LinkResolver | None = None,
    mention_resolver: MentionResolver | None = None,
    picture_resolver: PictureResolver | None = None,
) -> Rendered:
    """The safe HTML of a Markdown text. Images that `picture_resolver` does not know become links."""
    parser = _parser()
    env: dict[str, Any] = {}
    tokens = parser.parse(text, env)
    inline = [token for token in tokens if token.children]
    for token in inline:
        token.children = _addresses(token.children or [])
    mentions = _mention(inline, mention_resolver) if mention_resolver and "@" in text else []
    links = list(_links(inline, link_resolver))
    pictures = _picture(inline, picture_resolver) if picture_resolver and "![" in text else []
    # A page has headings of its own, of the first and the second level.
    html = fitted(clean(str(parser.renderer.render(tokens, parser.options, env))), first=3)
    return Rendered(mark_safe(html), mentions, links, pictures)  # noqa: S308 - sanitised just above


class _Renderer(RendererHTML):
    """Code that the keyboard can scroll, maths as code, images of ours, others as links."""

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f'<pre tabindex="0"><code>{escapeHtml(tokens[idx].content)}</code></pre>\n'

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return self.fence(tokens, idx, options, env)

    def math_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f'<code class="math">${escapeHtml(tokens[idx].content)}$</code>'

    def math_inline_double(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        return f'<code class="math">$${escapeHtml(tokens[idx].content.strip())}$$</code>'

    def math_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"<p>{self.math_inline_double(tokens, idx, options, env)}</p>\n"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A picture of ours; any other image is a link that says what it shows."""
        words = self.renderInlineAsText(tokens[idx].children or [], options, env).strip()
        if isinstance(picture := tokens[idx].meta.get("picture"), Picture):
            return (
                f'<img src="{escapeHtml(picture.address)}" alt="{escapeHtml(words or picture.name)}" '
                f'width="{picture.width}" height="{picture.height}" loading="lazy">'
            )
        address = escapeHtml(str(tokens[idx].attrGet("src") or ""))
        return f'<a href="{address}" rel="nofollow noopener ugc">{escapeHtml(words) or address}</a>'


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer)
    parser.enable(["table", "strikethrough"])
    parser.use(
        dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True
    )
    # The plugin reads the formulas; how they are drawn is ours.
    for rule in (_Renderer.math_inline, _Renderer.math_inline_double, _Renderer.math_block):
        parser.add_render_rule(rule.__name__, rule)
    return parser


def _outside_links(tokens: list[Token]) -> Iterator[tuple[Token, bool]]:
    depth = 0
    for token in tokens:
        if token.type in {"link_open", "link_close"}:
            depth += token.nesting
        yield token, depth == 0 and token.type == "text"


def _addresses(tokens: list[Token]) -> list[Token]:
    """Bare addresses become links."""
    made: list[Token] = []
    for token, is_free in _outside_links(tokens):
        if is_free and "://" in token.content:
            made.extend(_split(token.content, _ADDRESS, lambda match: _link(match.group(), match.group())))
        else:
            made.append(token)
    return made


def _mention(inline: list[Token], resolve: MentionResolver) -> list[int]:
    """Handles of somebody become links with their name; returns the keys, each once, in order."""
    wanted = {
        handle.lower()
        for token in inline
        for child, is_free in _outside_links(token.children or [])
        if is_free
        for handle in _HANDLE.findall(child.content)
    }
    known = resolve(wanted) if wanted else {}
    named: dict[int, None] = {}

    def replace(match: re.Match[str]) -> list[Token]:
        if (somebody := known.get(match.group(1).lower())) is None:
            return [_text(match.group())]
        key, name, address = somebody
        named[key] = None
        return _link(address, f"@{name}", classes="mention")

    for token in inline:
        if known:
            token.children = [
                new
                for child, is_free in _outside_links(token.children or [])
                for new in (_split(child.content, _HANDLE, replace) if is_free else [child])
            ]
    return list(named)


def _links(inline: list[Token], resolve: LinkResolver | None) -> Iterator[str]:
    """The addresses of the text, after `resolve`; those that lead outside say so to search engines."""
    for token in inline:
        for child in token.children or []:
            if child.type == "link_open":
                address = str(child.attrGet("href") or "")
                if resolve is not None and (other := resolve(address)) is not None:
                    address = other
                    child.attrSet("href", address)
                if "://" in address:
                    child.attrSet("rel", "nofollow noopener ugc")
                yield address


def _picture(inline: list[Token], resolve: PictureResolver) -> list[Picture]:
    """Images of ours are marked with their picture; returns those, in order."""
    images = [child for token in inline for child in token.children or [] if child.type == "image"]
    known = resolve({str(image.attrGet("src") or "") for image in images}) if images else {}
    shown = []
    for image in images:
        if (picture := known.get(str(image.attrGet("src") or ""))) is not None:
            image.meta["picture"] = picture
            shown.append(picture)
    return shown


def _split(
    text: str, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], list[Token]]
) -> Iterator[Token]:
    end = 0
    for match in pattern.finditer(text):
        if match.start() > end:
            yield _text(text[end : match.start()])
        yield from replace(match)
        end = match.end()
    if end < len(text):
        yield _text(text[end:])


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)


def _link(address: str, words: str, classes: str = "") -> list[Token]:
    attributes: dict[str, str | int | float] = {"href": address}
    if classes:
        attributes["class"] = classes
    return [Token("link_open", "a", 1, attrs=attributes), _text(words), Token("link_close", "a", -1)]
