"""What changed between two texts, word by word, as safe HTML that can be heard too."""

import difflib
import re

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

_SIGNS = {"ins": "+", "del": "−"}
_PIECES = re.compile(r"\n+|[^\S\n]+|\w+|[^\w\s]")


def diff(before: str, after: str) -> SafeString:
    """`after` with what was added in `<ins>` and what was removed in `<del>`, whole paragraphs kept."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    parts: list[str] = []
    for kind, i, j, k, n in _steps(old, new):
        if kind == "equal":
            parts.append(escape("".join(new[k:n])))
            continue
        if i < j:
            parts.append(_marked("del", gettext("retiré :"), "".join(old[i:j])))
        if k < n:
            parts.append(_marked("ins", gettext("ajouté :"), "".join(new[k:n])))
    body = "".join(parts).replace("\n", "<br>\n")
    return mark_safe(f'<div class="diff">{body}</div>')  # noqa: S308 - every part was escaped


def _marked(tag: str, word: str, text: str) -> str:
    """A change: a sign to see it by, and words to hear it by. The space before it comes before the sign."""
    bare = text.lstrip(" ")
    return format_html(
        '<{tag}>{space}<b aria-hidden="true">{sign}</b><span class="vh">[{word} </span>{text}'
        '<span class="vh">]</span></{tag}>',
        tag=tag,
        space=text[: len(text) - len(bare)],
        sign=_SIGNS[tag],
        word=word,
        text=bare,
    )


def _steps(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Opcodes in which a lone space between two changes belongs to the change."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    steps: list[tuple[str, int, int, int, int]] = []
    codes = matcher.get_opcodes()
    for index, (kind, i, j, k, n) in enumerate(codes):
        lone = kind == "equal" and 0 < index < len(codes) - 1 and "".join(new[k:n]).strip(" ") == ""
        kind = "replace" if lone else kind
        if steps and steps[-1][0] != "equal" and kind != "equal":
            steps[-1] = ("replace", steps[-1][1], j, steps[-1][3], n)
        else:
            steps.append((kind, i, j, k, n))
    return steps
