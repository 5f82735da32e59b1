"""What lasts, for tests: a factory a model."""

from __future__ import annotations

import datetime as dt

from factory.declarations import Sequence
from factory.django import DjangoModelFactory

from ..choices import Lasts
from ..models import Lasting, LastingCell


class LastingFactory(DjangoModelFactory[Lasting]):
    """An exchange of which nothing lasts yet."""

    class Meta:
        model = Lasting

    number = Sequence(lambda n: n + 1)
    community = 1
    themes = [0]
    lasts = False
    cells: list[object] = []


class LastingCellFactory(DjangoModelFactory[LastingCell]):
    """A text more, accepted in the week of its key."""

    class Meta:
        model = LastingCell

    community = 1
    theme = 0
    what = Lasts.TEXTS
    week = dt.date(2026, 3, 2)
    key = 20_514
    n = 1
