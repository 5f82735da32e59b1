"""Contributions as what files hang on: who reads each, what each says and said, and a file taken out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from passeur.foundation import events as bus
from passeur.writing.protocols import without_files

from .. import events, policies
from ..choices import HOLDER
from ..models import Contribution, Revision
from .writing import render

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

    def take_out(self, ids: Collection[int], keys: Collection[str]) -> None:
        """Inside the caller's transaction. It is no edit: no version, no name under it."""
        for revision in Revision.objects.filter(contribution__in=ids, body__contains="/files/"):
            Revision.objects.filter(pk=revision.pk).update(body=without_files(revision.body, keys))
        rows = Contribution.objects.filter(pk__in=ids, body__contains="/files/")
        for row in rows.select_related("conversation__community"):
            body = without_files(row.body, keys)
            html = render(body, row.conversation.community, of=row.pk).html
            Contribution.objects.filter(pk=row.pk).update(body=body, html=html)
            bus.publish(events.ConversationChanged(conversation=row.conversation_id))
