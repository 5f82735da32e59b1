"""What is new for a page that is open: asked by the page when it hears that its conversation changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from passeur.foundation import slots
from passeur.foundation.access import signed_in

from ..queries import reactions, threads
from .finding import conversation_at, reader
from .threads import number_in, rights


@signed_in
@require_GET
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts and reactions that `known` has not as they are now (`contribution-12.1x2y,…`), or 204.

    Read by the same query and gates as the page, for the same order and page of it. It marks nothing as read:
    that a text came into a page does not say that anybody saw it.
    """
    conversation, member = conversation_at(request, pk), reader(request)
    page, sort = number_in(request.GET.get("page")), request.GET.get("sort", "")
    asked = slots.asked("author_notes", conversation=conversation)
    found = threads.read(conversation, reader=member, page=page, sort=sort, more=asked)
    thread = threads.thread_of(found.said, found.view)
    known = set(request.GET.get("known", "")[:8000].split(","))
    shown = [thread.opening, *thread.entries]
    changed = [e for e in shown if f"contribution-{e.contribution.pk}.{e.stamp}" not in known]
    tallied = [
        e
        for e in shown
        if e not in changed and f"reactions-{e.contribution.pk}.{reactions.tally(e.reactions)}" not in known
    ]
    if not changed and not tallied:
        return HttpResponse(status=204)
    context = {
        "conversation": thread.conversation,
        "thread": thread,
        "changed": changed,
        "tallied": [e for e in tallied if not e.contribution.is_deleted],
        "notes": slots.told("author_notes", found.said),
        "can": rights(request, conversation),
        "follows": threads.follows(found.said),
    }
    return render(request, "conversations/_news.html", context)
