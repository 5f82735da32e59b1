"""HTML back to Markdown, so that an imported text can be edited."""

import re
from collections.abc import Collection
from typing import Any

from markdownify import MarkdownConverter

_MATHS = re.compile(r"\$\$(?:[^$\\]|\\.)+?\$\$|(?<!\d)\$(?!\s)(?:[^$\n\\]|\\.)+?(?<!\s)\$(?!\d)", re.DOTALL)
_MATHS_AS_CODE = re.compile(r'<code class="math">(.*?)</code>', re.DOTALL)
_HEADING = re.compile(r"(</?h)([3-6])>")
_SPECIAL = re.compile(r"[\\`*\[\]<]|\$(?!\d)|(?<![^\W_])_|_(?![^\W_])|~~|&(?=#?\w+;)")
_LINE_START = re.compile(r"^(\s*)(?:(>|[#+=-]+(?=\s|$))|(\d{1,9})([.)])(?=\s|$))", re.MULTILINE)


class _Converter(MarkdownConverter):
    """Escapes what Markdown would read as a sign, and nothing else: the text is for people to edit."""

    def escape(self, text: str, parent_tags: Collection[str]) -> str:
        written, end = [], 0
        for maths in _MATHS.finditer(text):
            written += [_escaped(text[end : maths.start()]), maths.group()]
            end = maths.end()
        whole = "".join([*written, _escaped(text[end:])])
        return whole.replace("|", "\\|") if {"td", "th"} & set(parent_tags) else whole

    def convert_details(self, el: Any, text: str, parent_tags: Collection[str]) -> str:
        return f"\n\n{text.strip()}\n\n"

    def convert_summary(self, el: Any, text: str, parent_tags: Collection[str]) -> str:
        return f"\n\n**{text.strip()}**\n\n"


def html_to_markdown(html: str) -> str:
    """The Markdown whose rendering means the same as this sanitised HTML."""
    html = _MATHS_AS_CODE.sub(r"\1", html)
    html = _HEADING.sub(lambda match: f"{match[1]}{int(match[2]) - 2}>", html)
    converter = _Converter(heading_style="ATX", bullets="-", strip=["mark"])
    return str(converter.convert(html)).strip()


def _escaped(text: str) -> str:
    text = _SPECIAL.sub(r"\\\g<0>", text)
    return _LINE_START.sub(
        lambda match: f"{match[1]}\\{match[2]}" if match[2] else f"{match[1]}{match[3]}\\{match[4]}", text
    )
