"""Drafts: saved while one types, gone once the text is published and not before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from .. import errors, queries
from ..choices import LONGEST_DRAFT, MOST_FIELDS, MOST_VALUES
from ..models import Draft, Publication
from ..queries.drafts import Fields
from .tokens import Token, read_token

if TYPE_CHECKING:
    from passeur.accounts.models import Member

NOT_WRITTEN = {
    "csrfmiddlewaretoken",
    "draft",
    "seen",
    "apart",
    "force",
    "attach",
    "decide",
    "against",
    "next",
}


def fields_of(posted: QueryDict) -> Fields:
    """What a form brought, without what is the machine's."""
    names = [name for name in posted if name not in NOT_WRITTEN and not name.endswith("-alt")]
    fields = {name: posted.getlist(name)[:MOST_VALUES] for name in names[:MOST_FIELDS]}
    if sum(len(value) for values in fields.values() for value in values) > LONGEST_DRAFT:
        raise errors.TooMuchText
    return {
        name: [value.replace("\r\n", "\n").replace("\x00", "") for value in values]
        for name, values in fields.items()
    }


def save_draft(
    *, by: Member, place: str, fields: Fields, seen: int | None = None, apart: bool = False
) -> Draft | None:
    """Keep what `by` is writing there; None once nothing is left of it.

    `seen` is the number of the draft that the page knows (0: none). Another one raises `NewerDraft`, and
    nothing is changed; None saves in any case, and sets the other text aside. `apart`: it was not taken up on
    that page, so what is written there is another text, and the draft is set aside as well.
    """
    with transaction.atomic():
        kept = Draft.objects.select_for_update().filter(member=by, place=place).first()
        if kept is None:
            if not queries.words_of(fields):
                return None
            made, is_new = Draft.objects.get_or_create(member=by, place=place, defaults={"fields": fields})
            if is_new:
                return made
            kept = Draft.objects.select_for_update().get(pk=made.pk)
        if kept.fields == fields:
            return kept
        if seen is not None and kept.number != seen:
            raise errors.NewerDraft
        if not queries.words_of(fields):
            if not apart:
                kept.delete()
                return None
            return kept
        if seen is None or apart:
            kept.set_aside = kept.fields
        kept.fields = fields
        _renew(kept)
        return kept


def _renew(draft: Draft) -> None:
    draft.number, draft.saved_at, draft.warned_at = draft.number + 1, timezone.now(), None
    draft.save(update_fields=["fields", "set_aside", "number", "saved_at", "warned_at"])


def swap_draft(*, by: Member, place: str) -> None:
    """Take the text that was set aside, and set the other one aside in its place."""
    with transaction.atomic():
        kept = Draft.objects.select_for_update().filter(member=by, place=place).first()
        if kept is not None and kept.set_aside:
            kept.fields, kept.set_aside = kept.set_aside, kept.fields
            _renew(kept)


def discard_draft(*, by: Member, place: str) -> None:
    """Forget what `by` was writing there."""
    Draft.objects.filter(member=by, place=place).delete()


def publish_once(*, posted: QueryDict, by: Member, place: str, act: Callable[[], str]) -> str:
    """Run `act`, which publishes and returns where to read it; then, in the same transaction, drop the draft.

    The same form sent again with the same words (a second click, an answer lost on the way) publishes
    nothing more and leads to the same address. Other words in it are another text.
    """
    token = read_token(posted.get("draft", ""))
    with transaction.atomic():
        if token is None or (token.member, token.place) != (by.pk, place):
            address = act()
        else:
            claim, is_new = Publication.objects.get_or_create(
                member=by, sheet=token.sheet, digest=_digest(posted)
            )
            if not is_new:
                return claim.address
            address = act()
            Publication.objects.filter(pk=claim.pk).update(address=address)
        discard_draft(by=by, place=place)
    return address


def was_published(token: Token, *, by: Member) -> bool:
    """Whether the form of that token was published since: what a browser still keeps of it can go."""
    return token.member == by.pk and Publication.objects.filter(member=by, sheet=token.sheet).exists()


def _digest(posted: QueryDict) -> str:
    written = {name: posted.getlist(name) for name in sorted(posted) if name not in NOT_WRITTEN}
    return hashlib.sha256(json.dumps(written).encode()).hexdigest()
