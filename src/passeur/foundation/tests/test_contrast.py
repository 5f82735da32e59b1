"""The colours of the design language, recomputed from `tokens.css` (WCAG 2.x relative luminance)."""

import itertools
import re

import pytest

from passeur.foundation.tests.files import static_file

TEXT, MARK = 4.5, 3.0
PAIRS = [
    *[(ink, ground, TEXT) for ink in ("ink", "ink-2", "ink-3") for ground in ("ground", "surface", "sunken")],
    ("line-strong", "surface", MARK),
    ("line-strong", "sunken", MARK),
    ("line-strong", "ground", MARK),
    ("accent", "ground", TEXT),
    ("accent", "surface", TEXT),
    ("accent", "accent-soft", TEXT),
    ("accent-ink", "accent-soft", TEXT),
    ("accent-hover", "ground", TEXT),
    ("accent", "danger-soft", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-hover", TEXT),
    ("lantern-ink", "lantern-soft", TEXT),
    ("lantern-ink", "ground", TEXT),
    ("lantern-ink", "surface", TEXT),
    ("lantern-mark", "ground", MARK),
    ("on-lantern", "lantern", TEXT),
    ("ok-ink", "ok-soft", TEXT),
    ("ok-ink", "surface", TEXT),
    ("danger-ink", "danger-soft", TEXT),
    ("danger-ink", "surface", TEXT),
    ("danger-ink", "ground", TEXT),
    ("ink", "danger-soft", TEXT),
    ("toast-link", "toast", TEXT),
    ("toast-ink", "toast", TEXT),
    ("ink-2", "accent-soft", TEXT),
    *[(f"av-{n}-ink", f"av-{n}", TEXT) for n in range(1, 7)],
    *[(f"c{n}", ground, MARK) for n in range(1, 6) for ground in ("ground", "surface")],
]


@pytest.fixture(scope="module")
def tokens() -> dict[str, tuple[str, str]]:
    """Each colour in the light and the dark theme."""
    css = static_file("foundation/tokens.css").read_text()
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", css)
    return {name: (light, dark) for name, light, dark in found}


def channels(colour: str) -> list[float]:
    """Linear red, green and blue."""
    values = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]


def contrast(first: str, second: str) -> float:
    light, dark = sorted(
        (
            sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), channels(x), strict=True))
            for x in (first, second)
        ),
        reverse=True,
    )
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("ink", "ground", "needed"), PAIRS)
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_what_is_written_can_be_read(tokens, ink, ground, needed, theme):
    assert contrast(tokens[ink][theme], tokens[ground][theme]) >= needed


def oklab(rgb: list[float]) -> list[float]:
    """Björn Ottosson, 2020."""
    to_cone = ((0.4122214708, 0.5363325363, 0.0514459929), (0.2119034982, 0.6806995451, 0.1073969566),
               (0.0883024619, 0.2817188376, 0.6299787005))  # fmt: skip
    to_lab = ((0.2104542553, 0.7936177850, -0.0040720468), (1.9779984951, -2.4285922050, 0.4505937099),
              (0.0259040371, 0.7827717662, -0.8086757660))  # fmt: skip
    cones = [max(0.0, c) ** (1 / 3) for c in times(to_cone, rgb)]
    return times(to_lab, cones)


def times(matrix: tuple[tuple[float, ...], ...], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


# Machado, Oliveira and Fernandes, 2009, full severity.
VISIONS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_series_of_a_chart_stay_apart_for_every_eye(tokens, vision, theme):
    seen = [oklab(times(VISIONS[vision], channels(tokens[f"c{n}"][theme]))) for n in range(1, 6)]
    distances = [
        100 * sum((a - b) ** 2 for a, b in zip(x, y, strict=True)) ** 0.5
        for x, y in itertools.combinations(seen, 2)
    ]
    assert min(distances) >= 10
