"""How exchanges of blocks are told, for tests."""

from __future__ import annotations

import datetime as dt

from factory.declarations import LazyFunction, Sequence
from factory.django import DjangoModelFactory

from ..models import ToldBlock


class ToldBlockFactory(DjangoModelFactory[ToldBlock]):
    """Questions of each of four weeks are told alone, to who may be told of five people."""

    class Meta:
        model = ToldBlock

    community = Sequence(lambda n: n + 1)
    begun = dt.date(2026, 10, 5)
    asks = True
    smallest = 5
    weeks = 4
    runs = LazyFunction(lambda: [[0], [1], [2], [3]])
    themes = welcoming = kinds = teams = LazyFunction(list)
    bits = b"\x3e"
