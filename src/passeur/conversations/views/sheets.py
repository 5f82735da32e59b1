"""The forms of this room as sheets of the writing room: their drafts, their files, published once."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from passeur.foundation.errors import PasseurError
from passeur.writing import services as writing

from .finding import reader


@dataclass(frozen=True, slots=True)
class Opened:
    """A form at a place: `posted` is what is to be published now; None, and the form is only shown.

    It is shown when it is asked for, when files were joined without script, and when one was refused.
    """

    sheet: writing.Sheet
    posted: QueryDict | None

    @property
    def status(self) -> int:
        return 422 if self.posted is not None or self.sheet.refused else 200


def open_at(request: HttpRequest, place: str, *, stands: str = "", shared: bool = False) -> Opened:
    """Open the form of a place, with what the request brought."""
    member = reader(request)
    if request.method != "POST":
        asked = request.GET.get("draft", "")
        sheet = writing.open_sheet(by=member, place=place, asked=asked, stands=stands, shared=shared)
        return Opened(sheet, None)
    posted, refused = writing.take_in(request, by=member)
    sentences = [sentence for told in refused.values() for sentence in told]
    shown_only = bool(sentences) or "attach" in posted
    try:
        written = writing.fields_of(posted)
    except PasseurError as refusal:  # more than a draft holds: the form says it of its own field as well
        written, sentences = {name: posted.getlist(name) for name in posted}, [*sentences, str(refusal)]
    sheet = writing.open_sheet(by=member, place=place, shared=shared, written=written, refused=sentences)
    return Opened(sheet, None if shown_only else posted)
