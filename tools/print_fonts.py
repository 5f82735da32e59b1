"""The fonts of what is printed, made from those of the pages: `python -m tools.print_fonts`.

Typst reads neither WOFF2 nor the weights of a variable font, so each weight in use becomes a TrueType file of
its own. The letters of Latin Extended stay a family apart (« Figtree Ext »), to which a text falls back.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

STATIC = Path("src/passeur/foundation/static/foundation/fonts")
TARGET = Path("src/passeur/foundation/printing/fonts")
WEIGHTS = {"figtree": (400, 600), "literata": (600,)}
at_weight: Any = instancer.instantiateVariableFont
STYLES = {400: "Regular", 600: "SemiBold"}


def main() -> None:
    """Write all of them again."""
    for family, weights in WEIGHTS.items():
        for part, suffix in (("latin", ""), ("latin-ext", " Ext")):
            for weight in weights:
                font = TTFont(STATIC / f"{family}-{part}.woff2")
                font.flavor = None
                made = at_weight(font, {"wght": weight})
                _name(made, family.title() + suffix, weight)
                made.save(TARGET / f"{family}-{part}-{weight}.ttf")
        licence = f"LICENSE-{family}.txt"
        (TARGET / licence).write_bytes((STATIC / licence).read_bytes())


def _name(font: Any, family: str, weight: int) -> None:
    style = STYLES[weight]
    names = font["name"]
    for number in (16, 17, 21, 22, 25):
        names.removeNames(nameID=number)
    said = {1: family, 2: style, 3: f"{family} {style}", 4: f"{family} {style}"}
    for number, words in {**said, 6: f"{family}-{style}".replace(" ", "")}.items():
        names.setName(words, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["head"].created = font["head"].modified  # the same bytes each time
    font.recalcTimestamp = False


if __name__ == "__main__":
    main()
