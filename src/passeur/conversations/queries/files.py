"""Contributions as what files hang on: who reads each, and all that each says and said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from .. import policies
from ..choices import HOLDER
from ..models import Contribution, Revision

if TYPE_CHECKING:
    from passeur.accounts.models import Member


class Contributions:
    """The holder of files of this room. What was taken out shows nothing to anybody until it is put back."""

    kind = HOLDER

    def visible_to(self, member: Member, ids: Collection[int]) -> Collection[int]:
        rows = Contribution.objects.filter(pk__in=ids, deleted_at=None)
        return set(rows.filter(policies.visible_to(member, "conversation__")).values_list("pk", flat=True))

    def texts(self, ids: Collection[int]) -> Mapping[int, Iterable[str]]:
        said = {pk: [body] for pk, body in Contribution.objects.filter(pk__in=ids).values_list("pk", "body")}
        for pk, body in Revision.objects.filter(contribution__in=ids).values_list("contribution", "body"):
            said[pk].append(body)
        return said
