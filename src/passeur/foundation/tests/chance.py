"""Histories drawn by chance: one of them for each server, the others once."""

from collections.abc import Iterable
from typing import Any

import pytest


def by_chance(cases: Iterable[Any]) -> list[Any]:
    """For `parametrize`, of seeds or of tuples. On another server the first of them is enough.

    The others ask the same statements, of other people in another order.
    """
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.walk if n else ())
        for n, case in enumerate(cases)
    ]
