"""What the page of a form needs so that its text is never lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from passeur.foundation.markdown.diff import diff

from .. import queries
from ..models import Draft
from ..queries import Fellow
from ..queries.drafts import Fields
from .tokens import new_token

if TYPE_CHECKING:
    from passeur.accounts.models import Member

RESTORE, COMPARE = "restore", "compare"
SEVERAL = ("themes", "invited")  # fields with more than one value


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form at a place. `is_restored`: the draft is in the fields; `difference`: from what stands now.

    `aside` is the difference from another text of the same place, which was set aside when this one came.
    `written` is what the form brought a moment ago, to be shown again; `refused`, files that were not taken.
    """

    token: str
    place: str
    draft: Draft | None
    is_restored: bool
    difference: SafeString | None
    aside: SafeString | None
    fellows: list[Fellow]
    written: Fields | None = None
    refused: tuple[str, ...] = ()

    def initial(self, default: dict[str, Any]) -> dict[str, Any]:
        """The first values of the form: what was just written, or the draft where it was asked for."""
        fields = self.written
        if fields is None and self.draft is not None and self.is_restored:
            fields = self.draft.fields
        return default | {
            name: values if name in SEVERAL else (values or [""])[0]
            for name, values in (fields or {}).items()
        }


def open_sheet(
    *,
    by: Member,
    place: str,
    asked: str = "",
    stands: str = "",
    shared: bool = False,
    written: Fields | None = None,
    refused: Iterable[str] = (),
) -> Sheet:
    """Open a form at `place`. `asked`: `restore` or `compare`, from the address; `stands`: the present text.

    Of a text that several may edit (`shared`), those who have a draft of it too are named.
    """
    draft = queries.of_place(by, place)
    is_restored = draft is not None and asked == RESTORE
    difference = aside = None
    if draft is not None and asked == COMPARE:
        body_of = draft.fields.get("body")
        difference = diff(stands, body_of[0] if body_of else queries.words_of(draft.fields))
    if draft is not None and draft.set_aside:
        aside = diff(queries.words_of(draft.set_aside), queries.words_of(draft.fields))
    return Sheet(
        token=new_token(by, place),
        place=place,
        draft=draft,
        is_restored=is_restored,
        difference=difference,
        aside=aside,
        fellows=queries.fellows(by, place) if shared else [],
        written=written,
        refused=tuple(refused),
    )
