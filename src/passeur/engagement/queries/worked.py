"""What became of exchanges in their first two weeks, as weeks keep it: a row of numbers for each.

Beside the counts of a week (`weeks`) stands what cannot be added up: by whom each exchange was started, as
what one person writes hangs together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..models import ResponseWeek
from .standing import Insider, Piece
from .weeks import Numbers

Row = tuple[int, int, int, int, int, int, int]
"""Who started it (a bit), the hour of the week, words of its opening, the channel it was imported from or 0,
how many others it reached, whether it was useful (1) or not (0), how many themes it has."""

_FIELDS = ("author", "hour", "words", "channel", "reached", "useful", "themes")
_KEPT = np.dtype("<i4")
_WIDTH = len(_FIELDS)
_SIZE = _WIDTH * _KEPT.itemsize


def packed(rows: Sequence[Row], their_themes: Sequence[int]) -> tuple[bytes, bytes]:
    """As they are kept: rows, and the themes of all of them, one behind the other."""
    return np.asarray(rows, dtype=_KEPT).tobytes(), np.asarray(their_themes, dtype=_KEPT).tobytes()


@dataclass(frozen=True, eq=False)
class Worked:
    """Exchanges, a place in each column; in `kind` a place in `kinds`, in `week` its Monday as an ordinal.

    Themes are pairs: the exchange at place `themed[n]` has the theme `theme[n]`.
    """

    kinds: tuple[str, ...]
    kind: Numbers
    week: Numbers
    asks: NDArray[np.bool_]
    author: Numbers
    hour: Numbers
    words: Numbers
    channel: Numbers
    reached: Numbers
    useful: Numbers
    themed: Numbers
    theme: Numbers

    def __len__(self) -> int:
        return len(self.author)

    def among(self, wanted: NDArray[np.bool_]) -> Worked:
        """Those for which it is true."""
        pairs, place = wanted[self.themed], np.cumsum(wanted) - 1
        return Worked(
            self.kinds, self.kind[wanted], self.week[wanted], self.asks[wanted], self.author[wanted],
            self.hour[wanted], self.words[wanted], self.channel[wanted], self.reached[wanted],
            self.useful[wanted], place[self.themed[pairs]], self.theme[pairs],
        )  # fmt: skip


def read(
    groups: Sequence[Sequence[Piece]],
    *,
    themes: Collection[int] | None = None,
    people: Sequence[Insider] | None = None,
) -> list[Worked | None]:
    """The exchanges of each group of runs of weeks: those that have one of the themes, and that one of the
    people started. One query.

    None where a week is not whole: a version before made it, and a job will make it again.
    """
    wanted = {
        (piece.community, week, piece.asks) for some in groups for piece in some for week in piece.weeks
    }
    rows = ResponseWeek.objects.filter(
        theme=0,
        community__in={community for community, _week, _asks in wanted},
        week__in={week for _community, week, _asks in wanted},
    )
    kept: dict[tuple[object, ...], list[ResponseWeek]] = defaultdict(list)
    for row in rows.only("kind", "asks", "asked", "exchanges", "their_themes"):
        kept[row.community, row.week, row.asks].append(row)
    return [_group(some, kept, themes, people) for some in groups]


def _group(
    pieces: Sequence[Piece],
    kept: dict[tuple[object, ...], list[ResponseWeek]],
    themes: Collection[int] | None,
    people: Sequence[Insider] | None,
) -> Worked | None:
    placed = [
        (piece.community, week, row)
        for piece in pieces
        for week in piece.weeks
        for row in kept.get((piece.community, week, piece.asks), ())
    ]
    if not all(map(_is_whole, (row for _community, _week, row in placed))):
        return None
    made = _together([row for _community, _week, row in placed])
    if themes is not None:
        wanted = np.zeros(len(made), dtype=bool)
        wanted[made.themed[np.isin(made.theme, list(themes))]] = True
        made = made.among(wanted)
    elif people is not None:
        bits = [
            [one.bit for one in people if one.community == community and one.since <= week < one.until]
            for community, week, _row in placed
        ]
        of = np.repeat(np.arange(len(placed)), [row.asked for _community, _week, row in placed])
        wanted = np.zeros(len(made), dtype=bool)
        for place, some in enumerate(bits):
            wanted |= (of == place) & np.isin(made.author, some)
        made = made.among(wanted)
    return made


def _is_whole(row: ResponseWeek) -> bool:
    """Whether all of its exchanges were told, and kept."""
    return row.exchanges is not None and len(row.exchanges) == row.asked * _SIZE


def _together(rows: Sequence[ResponseWeek]) -> Worked:
    kinds = tuple(sorted({row.kind for row in rows}))
    counts = [row.asked for row in rows]
    cells = _numbers([row.exchanges for row in rows]).reshape(-1, _WIDTH)
    author, hour, words, channel, reached, useful, themes = cells.T
    return Worked(
        kinds,
        np.repeat([kinds.index(row.kind) for row in rows], counts).astype(np.int64),
        np.repeat([row.week.toordinal() for row in rows], counts).astype(np.int64),
        np.repeat([row.asks for row in rows], counts).astype(bool),
        author, hour, words, channel, reached, useful,
        np.repeat(np.arange(len(cells)), themes),
        _numbers([row.their_themes for row in rows]),
    )  # fmt: skip


def _numbers(parts: Sequence[bytes | memoryview | None]) -> Numbers:
    return np.frombuffer(b"".join(one or b"" for one in parts), dtype=_KEPT).astype(np.int64)
