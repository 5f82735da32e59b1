"""Widgets that chat servers put into HTML, turned into what they mean before the rest is cleaned away."""

import re

from bs4 import BeautifulSoup, Tag

_SIGNS = re.compile(r'class="(?:katex|emoji|spoiler|user-mention)|<(?:mjx-|math)')


def without_widgets(html: str) -> str:
    """Formulas as their TeX source, emoji as characters, spoilers as details; the rest as it is."""
    if not _SIGNS.search(html):
        return html
    soup = BeautifulSoup(html, "html.parser")
    for formula in soup.select(".katex-display"):
        _as_source(soup, formula, "$$")
    for formula in soup.select(".katex, math"):
        _as_source(soup, formula, "$")
    for emoji in soup.select("span.emoji"):
        emoji.replace_with(_character(emoji))
    for spoiler in soup.select("div.spoiler-block"):
        spoiler.name = "details"
        if header := spoiler.select_one("div.spoiler-header"):
            header.name = "summary"
            for paragraph in header.find_all("p"):
                paragraph.unwrap()
    return str(soup)


def _as_source(soup: BeautifulSoup, formula: Tag, mark: str) -> None:
    annotation = formula.find("annotation", attrs={"encoding": "application/x-tex"})
    if annotation is None:
        return
    code = soup.new_tag("code", attrs={"class": "math"})
    code.string = f"{mark}{annotation.get_text().strip()}{mark}"
    formula.replace_with(code)


def _character(emoji: Tag) -> str:
    """The character of `emoji-1f642`, or the name it was written with."""
    for name in emoji.get_attribute_list("class"):
        points = str(name).removeprefix("emoji-").split("-")
        if str(name).startswith("emoji-"):
            try:
                return "".join(chr(int(point, 16)) for point in points)
            except ValueError:
                break
    return emoji.get_text()
