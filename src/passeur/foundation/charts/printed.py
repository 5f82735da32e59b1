"""Charts on paper: a drawing with its own colours, marks and words, for where no style sheet reaches."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from passeur.foundation import dates, typography

from .drawing import HEIGHT, WIDTH, Label
from .grids import Heat, Whisks
from .shapes import Bars, Chart, Lines
from .webs import Web

INK, GRID, ACCENT, REFERENCE, GOAL = "#3f565e", "#dde6e8", "#0a6074", "#7d8689", "#a96a00"
_COLOURS = {"l1": ACCENT, "l2": "#c96a12", "l3": "#4423a0", "l4": "#66113c", "ref": REFERENCE, "goal": GOAL}
_DASHES = {"l2": "9 5", "l3": "2 5", "l4": "9 4 1 4", "ref": "5 5", "goal": "1 5"}
LEFT, RIGHT, BELOW, ROW = 64.0, 16.0, 30.0, 26.0
ROOMY = 8
"""So many words stand under a picture without touching."""


def svg(chart: Chart | Heat | Web | Whisks) -> str:
    """The drawing, 680 units wide, with a legend above where it has one."""
    if isinstance(chart, Heat):
        return _heat(chart)
    if isinstance(chart, Whisks):
        return _whisks(chart)
    if isinstance(chart, Web):
        return _web(chart)
    if isinstance(chart, (Lines, Bars)):
        return _plot(chart)
    raise TypeError(chart)


def _frame(height: float, body: Sequence[str]) -> str:
    width = LEFT + WIDTH + RIGHT
    inside = "".join(body)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="Figtree, Figtree Ext" font-size="12">{inside}</svg>'
    )


def _word(x: float, y: float, words: str, anchor: str = "start") -> str:
    words = typography.french(words) if dates.in_french() else words
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{INK}">{escape(words)}</text>'


def _stroke(style: str) -> str:
    dash = f' stroke-dasharray="{_DASHES[style]}"' if style in _DASHES else ""
    return f'fill="none" stroke="{_COLOURS.get(style, ACCENT)}" stroke-width="2"{dash}'


def _legend(entries: Sequence[tuple[str, str]]) -> list[str]:
    made = []
    for place, (style, words) in enumerate(entries):
        y = 14 + place * 18
        if style == "band":
            made.append(
                f'<rect x="{LEFT}" y="{y - 9}" width="26" height="10" fill="{ACCENT}" opacity=".14"/>'
            )
        elif style in ("vol", "refbar"):
            made.append(_box(LEFT + 5, y - 9, 16, 10, is_reference=style == "refbar"))
        else:
            made.append(f'<path d="M{LEFT} {y - 4}h26" {_stroke(style)}/>')
        made.append(_word(LEFT + 34, y, words))
    return made


def _box(x: float, y: float, width: float, height: float, *, is_reference: bool) -> str:
    look = (
        f'fill="none" stroke="{REFERENCE}" stroke-width="1.2" stroke-dasharray="4 3"'
        if is_reference
        else f'fill="{ACCENT}"'
    )
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" {look}/>'


def _plot(chart: Lines | Bars) -> str:
    """Lines or bars over their axes."""
    above = len(chart.legend) * 18 + 12
    body = _legend(chart.legend)
    inside = [f'<path d="M0 {rule}H{WIDTH}" stroke="{GRID}"/>' for rule in chart.rules]
    inside += _lines(chart) if isinstance(chart, Lines) else _bars(chart)
    drawn = "".join(inside)
    body.append(f'<g transform="translate({LEFT} {above})">{drawn}</g>')
    for mark, words in zip(reversed(chart.rules), chart.upright, strict=True):
        body.append(_word(LEFT - 8, above + mark + 4, words, "end"))
    at_ends = isinstance(chart, Lines)
    body += _across(chart.labels, above + HEIGHT + 22, at_ends=at_ends)
    return _frame(above + HEIGHT + BELOW, body)


def _lines(chart: Lines) -> list[str]:
    made = [
        f'<path d="{line.band}" fill="{_COLOURS.get(line.style, ACCENT)}" opacity=".14"/>'
        for line in chart.drawn
        if line.band
    ]
    if chart.goal_height is not None:
        made.append(f'<path d="M0 {chart.goal_height}H{WIDTH}" {_stroke("goal")}/>')
    made += [f'<path d="{line.path}" {_stroke(line.style)}/>' for line in chart.drawn]
    return made


def _bars(chart: Bars) -> list[str]:
    return [_box(bar.x, bar.y, bar.width, bar.height, is_reference=bar.style == "ref") for bar in chart.drawn]


def _across(labels: Sequence[Label], y: float, *, at_ends: bool) -> list[str]:
    """Words under a picture: under each point of a line, or in the middle of each place."""
    step = WIDTH / max(1, len(labels) - 1) if at_ends else WIDTH / max(1, len(labels))
    start = LEFT if at_ends else LEFT + step / 2
    all_fit = sum(bool(label.words) for label in labels) <= ROOMY
    return [
        _word(start + place * step, y, label.words, "middle")
        for place, label in enumerate(labels)
        if label.words and (all_fit or not label.is_minor)
    ]


def _heat(chart: Heat) -> str:
    columns = max(1, len(chart.columns))
    width = WIDTH / columns
    body = [_word(LEFT - 8, row * ROW + 17, name, "end") for row, name in enumerate(chart.rows)]
    body += [
        f'<rect x="{LEFT + one.x * width + 1:.1f}" y="{one.y * ROW + 1}" width="{width - 2:.1f}" '
        f'height="{ROW - 2}" fill="{ACCENT}" fill-opacity="{one.strength}"/>'
        for one in chart.drawn
    ]
    height = len(chart.rows) * ROW
    return _frame(height + BELOW, [*body, *_across(chart.labels, height + 20, at_ends=False)])


def _whisks(chart: Whisks) -> str:
    """Names on the left, figures on the right, between them the intervals on one scale."""
    start, room = LEFT + 150, WIDTH - 290
    body = []
    for place, (row, stroke, value, interval, _more) in enumerate(chart.drawn):
        y = place * ROW + 14
        body.append(_word(4, y + 4, row.name if len(row.name) <= 34 else row.name[:33] + "…"))
        body.append(f'<path d="M{start} {y}h{room}" stroke="{GRID}"/>')
        if stroke is not None:
            if stroke.start is not None and stroke.end is not None:
                left, right = start + room * stroke.start / 100, start + room * stroke.end / 100
                body.append(f'<path d="M{left:.1f} {y}H{right:.1f}" {_stroke("l1")}/>')
            body.append(f'<circle cx="{start + room * stroke.at / 100:.1f}" cy="{y}" r="4" fill="{ACCENT}"/>')
        said = f"{value} ({interval})" if interval else value
        body.append(_word(start + room + 12, y + 4, said))
    height = len(chart.drawn) * ROW
    if chart.goal_place is not None:
        x = start + room * chart.goal_place / 100
        body.append(f'<path d="M{x:.1f} 2V{height}" {_stroke("goal")}/>')
    return _frame(height + 6, body)


def _web(chart: Web) -> str:
    """Lines below, the points of groups and their names above."""
    body = [
        f'<path d="{strand.path}" fill="none" stroke="{ACCENT}" stroke-opacity=".45" '
        f'stroke-width="{strand.width}" stroke-linecap="round"/>'
        for strand in chart.strands
    ]
    for knot in chart.knots:
        body.append(f'<circle cx="{knot.x}" cy="{knot.y}" r="{knot.radius}" fill="{ACCENT}"/>')
        body.append(_word(knot.word_x, knot.word_y, knot.name, knot.anchor))
    drawn = "".join(body)
    return _frame(chart.height, [f'<g transform="translate({(LEFT + RIGHT) / 2} 0)">{drawn}</g>'])
