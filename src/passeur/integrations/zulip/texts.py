"""Messages as Zulip renders them: previews of links go, the rest is made safe and keeps its meaning."""

from __future__ import annotations

import re
from html import unescape

from django.utils.translation import gettext as _

from passeur.channels.protocols import SafeHtml
from passeur.foundation.markdown import sanitise_html

from . import names

_PREVIEW = re.compile(r'<div class="(?:message_embed|[\w -]*message_inline_image)[^>]*>')
_DIV = re.compile(r"<(/?)div\b[^>]*>")
_QUOTED = re.compile(r"<(blockquote|pre|code)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_MENTIONED = re.compile(r'<span class="user-mention[^>]*>@?([^<]+)</span>')


class Texts:
    """Makes the texts of one organisation safe to show."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._base = f"https://{host}/"

    def body(self, content: str) -> SafeHtml:
        return SafeHtml(sanitise_html(without_previews(content), base=self._base, link_resolver=self._inside))

    def _inside(self, address: str) -> str | None:
        return names.inside(address, host=self._host)


def without_previews(content: str) -> str:
    """`content` without the boxes that the server adds for pages and images that are linked anyway."""
    while found := _PREVIEW.search(content):
        depth = 0
        end = len(content)
        for div in _DIV.finditer(content, found.start()):
            depth += -1 if div[1] else 1
            if depth == 0:
                end = div.end()
                break
        content = content[: found.start()] + content[end:]
    return content


def words(content: str) -> str:
    """What its author says in a message: no code, no quotation, no preview."""
    return " ".join(unescape(_TAG.sub(" ", _QUOTED.sub(" ", without_previews(content)))).split())


def mentioned(content: str) -> set[str]:
    """The names of those whom a message mentions."""
    return (
        {unescape(name).strip() for name in _MENTIONED.findall(content)}
        if "user-mention" in content
        else set()
    )


def clean(text: object) -> str:
    """`text` as a database can hold it: JSON may carry NUL and halves of characters, which UTF-8 has not."""
    if not isinstance(text, str):
        raise TypeError(_("ce n’est pas un texte : %r") % (text,))
    text = text.replace("\x00", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
