"""Tables about invitations: a model to fill in, and the lines of a file with what became of each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from passeur.communities.choices import Role
from passeur.foundation import audit
from passeur.foundation.policies import require

from .. import policies, queries
from ..choices import Act
from ..models import Batch

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def model(example: str) -> list[list[object]]:
    """The titles, and two people in the community `example`."""
    return [
        _titles(),
        ["ines.roche@example.org", "Inès Roche", example, str(Role.MEMBER.label), "fr"],
        ["pawel.nowak@example.org", "Paweł Nowak", example, str(Role.EXPERT.label), "en"],
    ]


def export_lines(*, batch: Batch, by: Member) -> Iterator[list[object]]:
    """The head, then each line with what it comes to and what came of it. That it was taken is recorded."""
    require(policies.can_administer(by))
    with transaction.atomic():
        audit.record(Act.BATCH_EXPORTED, by=by.pk, batch=batch.pk)
    head: list[object] = [_("ligne"), *_titles(), _("prévu"), _("fait")]
    return chain([head], _rows(batch))


def _titles() -> list[object]:
    return [_("adresse"), _("nom"), _("communauté"), _("rôle"), _("langue")]


def _rows(batch: Batch) -> Iterator[list[object]]:
    for line in queries.lines(batch).iterator(chunk_size=500):
        outcome = str(line.get_outcome_display()) if line.outcome else ""
        yield [
            line.number,
            line.address,
            line.name,
            line.community.name if line.community else line.place,
            line.get_role_display() if line.role else line.role_said,
            line.language or line.language_said,
            line.get_plan_display(),
            _("oui") if line.outcome == line.plan else outcome,
        ]
