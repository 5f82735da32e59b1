"""Headings inside what people wrote, fitted into the page around it: none skipped, none above their place."""

import re

_HEADING = re.compile(r"<(/?)h([1-6])>")


def fitted(html: str, *, first: int = 2) -> str:
    """`html` (ours, safe) with its headings renumbered: the highest is `first`, and none skips a level.

    How headings stand to each other is kept: what was under another stays under it.
    """
    open_levels: list[int] = []

    def renumber(match: re.Match[str]) -> str:
        closes, level = match[1], int(match[2])
        if not closes:
            while open_levels and open_levels[-1] >= level:
                open_levels.pop()
            open_levels.append(level)
        return f"<{closes}h{min(6, first + len(open_levels) - 1)}>"

    return _HEADING.sub(renumber, html)
