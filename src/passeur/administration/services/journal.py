"""Taking the audit log away as a table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from passeur.foundation import audit
from passeur.foundation.policies import require

from .. import policies, queries
from ..choices import Act

if TYPE_CHECKING:
    from passeur.accounts.models import Member

AT_ONCE = 500


def export_log(*, asked: queries.Asked, by: Member) -> Iterator[list[object]]:
    """The head, then a row a line, the newest first. That it was taken is recorded before the first."""
    require(policies.can_administer(by))
    with transaction.atomic():
        audit.record(Act.LOG_EXPORTED, by=by.pk)
    head: list[object] = [
        _("moment"),
        _("acte"),
        _("par"),
        _("par, n°"),
        _("concerne"),
        _("concerne, n°"),
        _("communauté"),
        _("détails"),
    ]
    return chain([head], _rows(asked))


def _rows(asked: queries.Asked) -> Iterator[list[object]]:
    found = queries.entries(asked).iterator(chunk_size=AT_ONCE)
    while part := list(islice(found, AT_ONCE)):
        for line in queries.told(part):
            entry = line.entry
            yield [
                timezone.localtime(entry.at).isoformat(timespec="seconds"),
                line.act,
                line.by.name if line.by else "",
                entry.by,
                line.member.name if line.member else "",
                entry.member,
                line.community,
                line.details,
            ]
