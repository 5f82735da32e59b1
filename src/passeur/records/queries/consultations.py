"""Who read statements about somebody, for that person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from ..choices import Purpose
from ..models import StatementsRead


@dataclass(frozen=True, slots=True)
class Read:
    """On a day, somebody or a program read statements: of this person alone, or of everybody."""

    reader: str
    purpose: Purpose
    is_of_everybody: bool
    day: dt.date


def about(agents: Collection[UUID], *, most: int) -> list[Read]:
    """By all the keys that stand for somebody; the newest first, once for each reader and day. One query."""
    rows = (
        StatementsRead.objects.filter(Q(agent__in=list(agents)) | Q(agent=None))
        .select_related("client", "reader")
        .order_by("-day", "-pk")
    )
    found: dict[tuple[object, ...], Read] = {}
    for row in rows[: most * 4]:
        name = row.client.name if row.client else row.reader.name if row.reader else _("Qui tient ce serveur")
        read = Read(name, Purpose(row.purpose), row.agent is None, row.day)
        found.setdefault((name, read.purpose, read.day, read.is_of_everybody), read)
    return list(found.values())[:most]
