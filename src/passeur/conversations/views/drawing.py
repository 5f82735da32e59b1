"""The page of a conversation, drawn of what was read and of what its reader may do, and kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from passeur.foundation import pure, slots
from passeur.foundation.quick import address
from passeur.foundation.reading import NOTHING, Said
from passeur.foundation.tokens import form_token

from ..choices import LinkKind
from ..forms.writing import ContributionForm
from ..queries import places, similar, threads
from ..queries.pieces import Head
from ..queries.threads import Read, Thread, View
from ..services import similarity

if TYPE_CHECKING:
    from ..models import Conversation

_TOKEN, _SHEET, _SINCE, _REPLY = pure.mark(), pure.mark(), pure.mark(), pure.mark()
_PREVIEW, _PEOPLE = SafeString(f"/{pure.mark()}"), SafeString(f"/{pure.mark()}")
"""Addresses, which is why they begin as one."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What the reader may do here, worked out once for the whole page."""

    contribute: bool
    accept: bool
    close: bool
    manage: bool
    doubt: bool
    verify: bool
    accept_charter: bool
    join: bool


@dataclass(frozen=True, slots=True)
class _Reader:
    pk: int


@dataclass(frozen=True, slots=True)
class _Asking:
    """The request, as far as the page may know it."""

    user: _Reader
    live_position: SafeString


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A form in which nothing was written yet."""

    token: SafeString
    place: str
    draft: None = None
    is_restored: bool = False
    written: None = None


def main(
    request: HttpRequest, found: Read, can: Rights, *, token: str, reply: SafeString | None
) -> SafeString:
    """Its head, its texts and where one answers: `reply`, or a form in which nothing was written yet, which
    `token` names.
    """
    part = pure.drawn_from(
        "conversations/_main.html",
        _main,
        said=found.said.of(*threads.SHOWN, *slots.names("author_notes")),
        view=found.view,
        can=can,
        blank=reply is None,
    )
    marks = {
        _TOKEN: form_token(request),
        _SINCE: SafeString(getattr(request, "live_position", "")),
        _SHEET: SafeString(token),
        _REPLY: reply or SafeString(""),
    }
    return pure.filled(part, marks)


def _main(said: Said, view: View, can: Rights, blank: bool) -> dict[str, Any]:
    thread = threads.thread_of(said, view)
    head, notes = thread.conversation, slots.told("author_notes", said)
    values: dict[str, Any] = {
        "thread": thread,
        "can": can,
        "follows": threads.follows(said),
        "noted": tuple(
            (entry, notes.get(entry.contribution.author.pk, SafeString(""))) for entry in thread.entries
        ),
        "request": _Asking(_Reader(view.reader), _SINCE),
        "csrf_token": _TOKEN,
        "blank": blank,
        "reply": _REPLY,
    }
    if blank and can.contribute:
        values |= around_reply(thread, view.reader)
        values |= {"sheet": _Sheet(_SHEET, places.reply_place(head)), "field": _field_of(head)}
    return values


def around_reply(thread: Thread, reader: int) -> dict[str, Any]:
    """What stands around the form of an answer."""
    author = thread.conversation.author
    return {
        "handles": thread.handles(reader=reader),
        "is_mine": author is not None and author.pk == reader,
    }


def reply_form(conversation: Conversation, posted: QueryDict | None = None, **more: Any) -> ContributionForm:
    """The form of an answer, or of a message."""
    label = _label(asks=conversation.asks)
    return ContributionForm(posted, conversation=conversation, label=label, **more)


def _label(*, asks: bool) -> str:
    return _("Votre réponse") if asks else _("Votre message")


def _field_of(head: Head) -> SafeString:
    """The field of that form, in which nothing was written yet: but for two addresses the same everywhere."""
    part = pure.drawn_from("conversations/_reply_field.html", _blank_field, asks=head.asks)
    addresses = {
        _PREVIEW: address("conversations:preview", head.community.slug),
        _PEOPLE: address("conversations:people", head.pk),
    }
    return pure.filled(part, addresses)


def _blank_field(asks: bool) -> dict[str, Any]:
    form = ContributionForm(conversation=None, label=_label(asks=asks))
    editor = form.fields["body"].widget
    editor.preview, editor.people = _PREVIEW, _PEOPLE
    return {"form": form}


def close(conversation: Conversation, said: Said) -> SafeString:
    """Questions close to a conversation, and what members linked with it.

    A list that no job has made yet is made now, and kept for who comes next.
    """
    rows = Said(())
    if similar.can_have_close(conversation):
        rows = said.of("near", "close")
        if rows.text("near") == NOTHING:
            rows = similar.close_among(conversation, similarity.keep_list(conversation))
    links = said.of("links")
    return pure.drawn_from("conversations/_close.html", _close, pk=conversation.pk, links=links, rows=rows)


def _close(pk: int, links: Said, rows: Said) -> dict[str, Any]:
    linked = [one for one in threads.links_of(links, pk) if one.kind == LinkKind.RELATED]
    return {"linked": linked, "related": similar.closest_of(rows) if "near" in rows else ()}
