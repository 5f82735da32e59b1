"""Texts of a dump: bodies are HTML, comments a small Markdown; links to the site's own posts lead inside."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from passeur.channels.protocols import SafeHtml
from passeur.foundation.markdown import sanitise_html

TextMaker = Callable[[str], SafeHtml]


class Texts:
    """Makes the texts of one site safe to show."""

    def __init__(self, host: str) -> None:
        self._base = f"https://{host}/"
        self._inside = f"/from/stackexchange/{host}/"
        self._posts = re.compile(
            rf"(?:https?:)?//(?:{'|'.join(map(re.escape, _names_of(host)))})"
            r"/(?:(?:questions|q)/(?P<question>\d+)(?:/[^/?#]*(?:/(?P<answer>\d+))?)?|a/(?P<short>\d+)(?:/\d+)?)"
            r"/?(?:\?[^#]*)?(?:#(?:comment(?P<comment>\d+)_\d+|(?P<anchor>\d+)|.*))?"
        )

    def body(self, html: str) -> SafeHtml:
        """A post's HTML, safe."""
        return SafeHtml(sanitise_html(html, base=self._base, link_resolver=self.inside))

    def inside(self, address: str) -> str | None:
        """Where a link to a post of this site leads here; None for any other link."""
        found = self._posts.fullmatch(address)
        if found is None:
            return None
        if found["comment"]:
            return f"{self._inside}comment-{found['comment']}/"
        post = found["anchor"] or found["answer"] or found["short"] or found["question"]
        return f"{self._inside}{post}/"

    def comment(self, text: str) -> SafeHtml:
        """A comment's small Markdown as HTML: code, bold, italic, links; everything else is text."""
        if not _MARKED.search(text):
            return SafeHtml(f"<p>{text}</p>")
        return SafeHtml(f"<p>{''.join(self._pieces(text))}</p>")

    def _pieces(self, text: str) -> list[str]:
        pieces = []
        end = 0
        for found in _MARKUP.finditer(text):
            pieces += [_lines(text[end : found.start()]), self._piece(found)]
            end = found.end()
        return [*pieces, _lines(text[end:])]

    def _piece(self, found: re.Match[str]) -> str:
        if found["code"]:
            return f"<code>{escape(found['code'], quote=False)}</code>"
        if found["words"]:
            return self._link(found["target"], "".join(self._pieces(found["words"])))
        if found["address"]:
            return self._link(found["address"], escape(found["address"], quote=False))
        if found["bold"]:
            return f"<strong>{''.join(self._pieces(found['bold']))}</strong>"
        return f"<em>{''.join(self._pieces(found['italic'] or found['under']))}</em>"

    def _link(self, address: str, words: str) -> str:
        return f'<a href="{escape(self.inside(address) or address)}" rel="nofollow noopener ugc">{words}</a>'


_MARKED = re.compile(r"[&<>*_`\[\n]|://")
_MARKUP = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|\[(?P<words>[^\[\]]+)\]\((?P<target>(?:https?:)?//[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)[^()]*\)"
    r"|(?P<address>https?://[^\s<>\"]*[^\s<>\".,;:!?)\]'*_])"
    r"|\*\*(?P<bold>\S(?:[^*\n]*\S)?)\*\*"
    r"|(?<![\w*])\*(?P<italic>\S(?:[^*\n]*[^\s*])?)\*(?![\w*])"
    r"|(?<!\w)_(?P<under>[^\s_](?:[^_\n]*[^\s_])?)_(?!\w)"
)


def _lines(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _names_of(host: str) -> list[str]:
    """A site's host, and the older or newer form of a meta site's."""
    site = host.removeprefix("www.")
    names = [site, f"www.{site}"]
    parts = site.split(".")
    if len(parts) > 2 and parts[1] == "meta":
        names.append(".".join(["meta", parts[0], *parts[2:]]))
    elif len(parts) > 2 and parts[0] == "meta":
        names.append(".".join([parts[1], "meta", *parts[2:]]))
    return names
