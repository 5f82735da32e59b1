"""Parts of office files, changed a tag at a time, each in one pass however it is written."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from xml.sax.saxutils import escape

_ATTRIBUTE = re.compile(rb"([\w.:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_NOT_IN_MARKUP = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def attributes(tag: bytes) -> dict[str, str]:
    """What a tag says, by the local names of its attributes."""
    return {
        name.decode("utf-8", "replace").rpartition(":")[2]: html.unescape(
            (double or single).decode("utf-8", "replace")
        )
        for name, double, single in _ATTRIBUTE.findall(tag)
    }


def without(
    content: bytes, element: bytes, when: Callable[[dict[str, str]], bool] = lambda said: True
) -> bytes:
    """The part without the elements of that local name, their content included, of which `when` is true."""
    closing = re.compile(rb"</(?:[\w.-]+:)?" + element + rb"\s*>")
    kept, at = [], 0
    for found in re.finditer(rb"<(?:[\w.-]+:)?" + element + rb"(?=[\s/>])", content):
        if found.start() < at:
            continue
        end = content.find(b">", found.end()) + 1
        if not end:
            break
        tag = content[found.start() : end]
        if not tag.endswith(b"/>"):
            closed = closing.search(content, end)
            if closed is None:
                break
            end = closed.end()
        is_dropped = when(attributes(tag))
        kept.append(content[at : found.start() if is_dropped else end])
        at = end
    kept.append(content[at:])
    return b"".join(kept)


def said_in(content: bytes, element: bytes) -> str:
    """The words of the first element of that local name that holds nothing else, as a part may say them."""
    found = re.search(rb"<(?:[\w.-]+:)?" + element + rb"(?:\s[^<>]*)?>([^<]*)</", content)
    if found is None:
        return ""
    words = html.unescape(found[1].decode("utf-8", "replace"))
    return escape(_NOT_IN_MARKUP.sub("", words).strip())
