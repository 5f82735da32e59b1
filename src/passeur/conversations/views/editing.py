"""A new version of a text; and when somebody was quicker, both texts brought together with nothing lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from passeur.algorithms.merging import Choice
from passeur.foundation import limits, toasts
from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.policies import require
from passeur.writing import services as writing

from .. import policies, services
from ..choices import Part
from ..errors import EditedMeanwhile
from ..forms.writing import EditForm
from ..models import Contribution
from ..queries import places
from ..queries.reunions import Reunion, reunion, source_of, stretches
from .finding import contribution_at, reader
from .sheets import open_at
from .threads import permanent_address

CHOICES: tuple[Choice, ...] = ("mine", "theirs", "both")


@signed_in
@require_http_methods(["GET", "POST"])
@limits.limited(limits.POSTING)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a text. Changes of two people go together; where they cannot, both are shown side by side."""
    contribution = contribution_at(request, pk)
    require(policies.can_edit(reader(request), contribution))
    stands = source_of(contribution.body, contribution.markup)
    opened = open_at(request, places.edit_place(contribution), stands=stands, shared=True)
    decided = request.POST.get("decide", "")
    posted = opened.posted
    if posted is not None and decided in {"save", "review"}:
        both = reunion(
            contribution,
            version=_number(posted, "version"),
            body=posted.get("body", "").replace("\r\n", "\n").strip(),
            title=posted.get("title", ""),
        )
        if both.against != _number(posted, "against"):
            return _shown_side_by_side(request, contribution, opened.sheet, posted, both, again=True)
        posted = _decided(posted, both)
    if posted is not None and decided not in {"review", "mine"}:
        return _tried(request, contribution, opened.sheet, posted)
    fields = writing.fields_of(posted) if posted is not None else None
    form = _form(contribution, opened.sheet.initial(_as_it_stands(contribution)), fields)
    return _page(request, contribution, opened.sheet, form, status=422 if opened.sheet.refused else 200)


def _number(posted: QueryDict, name: str) -> int:
    value = posted.get(name, "")
    return int(value) if value.isdigit() and len(value) < 9 else 0


def _as_it_stands(contribution: Contribution) -> dict[str, Any]:
    return {
        "title": contribution.conversation.title,
        "body": source_of(contribution.body, contribution.markup),
        "version": contribution.version,
    }


def _form(
    contribution: Contribution, initial: dict[str, Any], fields: dict[str, list[str]] | None = None
) -> EditForm:
    """The form to write in; `fields`, where given, are what stands in it."""
    if fields is not None:
        initial |= {name: values[0] for name, values in fields.items() if name != "themes" and values}
        initial["themes"] = fields.get("themes", [])
    opening = contribution.part == Part.OPENING
    there = [theme.pk for theme in contribution.conversation.themes.all()] if opening else []
    ticked = [int(pk) for pk in initial.pop("themes", there) if str(pk).isdigit()]
    initial.setdefault("themes_before", ",".join(map(str, sorted(there))))
    return EditForm(conversation=contribution.conversation, opening=opening, chosen=ticked, initial=initial)


def _bound(contribution: Contribution, posted: QueryDict) -> EditForm:
    opening = contribution.part == Part.OPENING
    return EditForm(posted, conversation=contribution.conversation, opening=opening, chosen=[])


def _tried(
    request: HttpRequest, contribution: Contribution, sheet: writing.Sheet, posted: QueryDict
) -> HttpResponse:
    """Save it, or show what stands in the way; then the text is a draft: closing the page loses nothing."""
    form = _bound(contribution, posted)
    if not form.is_valid():
        return _page(request, contribution, sheet, form, status=422)
    member, place = reader(request), places.edit_place(contribution)
    try:
        address = writing.publish_once(
            posted=posted, by=member, place=place, act=lambda: _save(request, contribution, form)
        )
    except EditedMeanwhile as conflict:
        writing.save_draft(by=member, place=place, fields=writing.fields_of(posted))
        fresh = contribution_at(request, contribution.pk)
        return _shown_side_by_side(request, fresh, sheet, posted, conflict.reunion)
    except PasseurError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, contribution, sheet, form, status=409)
    return redirect(address)


def _save(request: HttpRequest, contribution: Contribution, form: EditForm) -> str:
    opening = contribution.part == Part.OPENING
    saved = services.edit(
        contribution=contribution,
        body=form.cleaned_data["body"],
        by=reader(request),
        version=form.cleaned_data["version"],
        title=form.cleaned_data["title"] if opening else None,
    )
    if opening:
        conversation = saved.conversation
        now = [link.theme for link in conversation.theme_links.select_related("theme")]
        if (after := form.themes_after(now)) != now:
            services.set_themes(conversation=conversation, themes=after, by=reader(request))
    if saved.body != form.cleaned_data["body"]:
        words = _("Quelqu’un avait modifié ce texte entre-temps : vos changements et les siens sont réunis.")
    else:
        words = _("Vos changements sont enregistrés.")
    toasts.toast(request, words)
    return permanent_address(contribution)


def _decided(posted: QueryDict, both: Reunion) -> QueryDict:
    """The form as if the reunited text had been written in it, on the version that is there now."""
    made = posted.copy()
    clashes = len(both.body.clashes)
    made["body"] = both.body.decided(_choices(posted, clashes)).strip()
    title = posted.get("title-choice", "mine")
    made["title"] = both.title.decided(["theirs" if title == "theirs" else "mine"])
    made["version"] = str(both.against)
    return made


def _choices(posted: QueryDict, count: int) -> Sequence[Choice]:
    given = [posted.get(f"choice-{place}", "both") for place in range(count)]
    return [next((known for known in CHOICES if known == choice), "both") for choice in given]


def _page(
    request: HttpRequest, contribution: Contribution, sheet: writing.Sheet, form: EditForm, *, status: int
) -> HttpResponse:
    context = {
        "form": form,
        "contribution": contribution,
        "conversation": contribution.conversation,
        "sheet": sheet,
    }
    return render(request, "conversations/edit.html", context, status=status)


def _shown_side_by_side(
    request: HttpRequest,
    contribution: Contribution,
    sheet: writing.Sheet,
    posted: QueryDict,
    both: Reunion,
    *,
    again: bool = False,
) -> HttpResponse:
    """Both texts, stretch by stretch; `again`: a third version came while one was choosing."""
    context = {
        "contribution": contribution,
        "conversation": contribution.conversation,
        "sheet": sheet,
        "both": both,
        "is_own": both.other == request.user,
        "chunks": stretches(both.body),
        "again": again,
        "mine": posted.get("body", ""),
        "version": posted.get("version", ""),
        "title": posted.get("title", ""),
        "themes": posted.getlist("themes"),
        "more_themes": posted.get("more_themes", ""),
        "themes_before": posted.get("themes_before", ""),
    }
    return render(request, "conversations/reunion.html", context, status=409)
