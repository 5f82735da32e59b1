"""HTML made safe: one list of what may stay, for what we render and for what comes from outside.

What comes from outside keeps its meaning: code stays code, maths stays maths, an image becomes a link.
"""

import re
from collections.abc import Callable
from functools import cache
from urllib.parse import unquote, urlsplit

import nh3

from passeur.foundation.headings import fitted
from passeur.foundation.markdown.widgets import without_widgets

TAGS = {
    *("p", "br", "hr", "a", "strong", "b", "em", "i", "del", "s", "ins", "sub", "sup", "mark", "abbr", "q"),
    *("code", "pre", "kbd", "samp", "var", "blockquote", "cite", "ul", "ol", "li", "dl", "dt", "dd"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("details", "summary", "time"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "time": {"datetime"},
}
CLASSES = {"code": {"math"}, "a": {"mention"}}
SCHEMES = {"http", "https", "mailto"}

_IMAGE_OR_LINK = re.compile(r"<img\b([^>]*)>|<(/?)a\b[^>]*>")
_HREF = re.compile(r'(<a href=")([^"]*)(")')


def clean(html: str) -> str:
    """Safe HTML of what we rendered ourselves: the second lock on the door."""
    return _own().clean(html)


def sanitise_html(
    html: str, *, base: str | None = None, link_resolver: Callable[[str], str | None] | None = None
) -> str:
    """Safe HTML of what comes from outside.

    Relative addresses are read from `base` (without it they are dropped: they would lead to pages of ours).
    `link_resolver` turns an address, with its `&amp;` decoded, into the one it should lead to, or None.
    """
    safe = _outside(base).clean(without_widgets(html))
    if "<img" in safe:
        safe = _without_images(safe)
    if "<h" in safe:
        safe = fitted(safe, first=3)
    if link_resolver is not None and "<a href" in safe:
        safe = _HREF.sub(lambda match: _resolved(match, link_resolver), safe)
    return safe


def _from_here(tag: str, attribute: str, value: str) -> str | None:
    """An image is one of ours, or none."""
    if tag == "img" and attribute == "src" and not re.match(r"/files/\w", value):
        return None
    return value


def _resolved(match: re.Match[str], resolve: Callable[[str], str | None]) -> str:
    address = resolve(match[2].replace("&amp;", "&"))
    return match[0] if address is None else f"{match[1]}{_escaped(address)}{match[3]}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _without_images(safe: str) -> str:
    """Images of sanitised HTML as links; inside a link, as their words alone."""
    inside = False

    def replace(match: re.Match[str]) -> str:
        nonlocal inside
        if match[1] is None:
            inside = not match[2]
            return match[0]
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', match[1]))
        address, words = attributes.get("src", ""), attributes.get("alt", "").strip()
        words = words or unquote(urlsplit(address).path.rsplit("/", 1)[-1]).replace("<", "").replace(">", "")
        if inside or not address:
            return words
        return f'<a href="{address}" rel="nofollow noopener ugc">{words or address}</a>'

    return _IMAGE_OR_LINK.sub(replace, safe)


@cache
def _own() -> nh3.Cleaner:
    images = {"src", "alt", "width", "height", "loading"}
    return nh3.Cleaner(
        tags=TAGS | {"img"},
        attributes={**ATTRIBUTES, "a": ATTRIBUTES["a"] | {"rel"}, "pre": {"tabindex"}, "img": images},
        attribute_filter=_from_here,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel=None,
    )


@cache
def _outside(base: str | None) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=TAGS | {"img"},
        attributes={**ATTRIBUTES, "img": {"src", "alt"}},
        allowed_classes=CLASSES,
        set_tag_attribute_values={"pre": {"tabindex": "0"}},
        url_schemes=SCHEMES,
        url_relative=("rewrite_with_base", base) if base else "deny",
        link_rel="nofollow noopener ugc",
    )
