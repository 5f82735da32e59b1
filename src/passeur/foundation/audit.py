"""The audit log: who did what to whom, when. It only grows; PostgreSQL refuses any other change.

A line holds keys, numbers and words of the program, never a name, an address or a text: erasing a person
needs no change here (decision 19). Rooms say what their acts are called with `@audit.acts`.
"""

from __future__ import annotations

import re
from typing import TypeVar

from django.db import connection, models
from django.utils.functional import Promise

Detail = int | bool | str | list[str]

A = TypeVar("A", bound=type[models.TextChoices])

_WORD = re.compile(r"[a-z0-9_.:-]{1,60}", re.ASCII)
_labels: dict[str, str | Promise] = {}


def acts(kind: A) -> A:
    """Register the acts of a room: `<thing>.<what was done>`, with the words that a reader sees."""
    _labels.update({str(act.value): act.label for act in kind})
    return kind


def labels() -> list[tuple[str, str]]:
    """Every act there is, with its words, in the order of these."""
    return sorted(((act, str(words)) for act, words in _labels.items()), key=lambda pair: pair[1].lower())


def label(act: str) -> str:
    """The words of an act; of one that this version does not know, its name."""
    return str(_labels.get(act, act))


def record(
    act: str, *, by: int | None, member: int | None = None, community: int | None = None, **details: Detail
) -> None:
    """Add a line. Call it inside the transaction that makes it true: both are kept, or neither.

    `by` is the key of who acted, None for the command line and for jobs; `member` and `community` are keys
    of what it was done to. `details` are numbers, truth, and words of the program (small letters, no spaces).
    """
    if act not in _labels:
        raise ValueError(f"No room says what {act} is.")
    for name, value in details.items():
        words = value if isinstance(value, list) else [value]
        if any(isinstance(word, str) and not _WORD.fullmatch(word) for word in words):
            raise ValueError(f"{name} is not a word of the program: the audit log holds no texts.")
    if not connection.in_atomic_block:
        raise RuntimeError("Recorded in the transaction that makes it true, or not at all.")
    # Imported late: the words of a room are read before there are models.
    from .models import AuditEntry

    AuditEntry.objects.create(act=str(act), by=by, member=member, community=community, details=details)
