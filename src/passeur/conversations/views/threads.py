"""The page of a conversation, writing in it, and the history of a text."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from passeur.communities import policies as community_policies
from passeur.foundation import counters, limits, slots, toasts
from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.policies import require
from passeur.foundation.reading import NOTHING
from passeur.notifications import queries as notifications
from passeur.writing import queries as drafts
from passeur.writing import services as writing

from .. import notices, policies, services
from ..forms.writing import ContributionForm
from ..models import Contribution, Conversation
from ..queries import history as versions
from ..queries import paging, places, similar, threads
from . import drawing
from .drawing import Rights
from .finding import contribution_at, conversation_at, is_fragment, reader
from .sheets import Opened, open_at


@signed_in
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A conversation. Opened without a page or an order, it resumes at the first unread contribution."""
    return _page(request, conversation_at(request, pk))


def _page(
    request: HttpRequest,
    conversation: Conversation,
    form: ContributionForm | None = None,
    opened: Opened | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    member, place = reader(request), places.reply_place(conversation)
    found = threads.read(
        conversation,
        reader=member,
        page=_page_of(request, conversation),
        sort=request.GET.get("sort", ""),
        more={
            "draft": drafts.draft_at.asked(member=member.pk, place=place),
            "news": notifications.new_about.asked(member=member.pk, subject=notices.subject(conversation.pk)),
            **similar.near(conversation),
            **slots.asked("author_notes", conversation=conversation),
            **slots.asked("conversation_aside", conversation=conversation),
            **counters.asked(request),
        },
    )
    counters.told(request, found.said)
    if request.method == "GET" and (found.until is not None or found.said.text("news") != NOTHING):
        services.mark_read(conversation=conversation, until=found.until, by=member)
    can, reply = rights(request, conversation), None
    if can.contribute and (opened is not None or found.said.text("draft") != NOTHING):
        opened = opened or open_at(request, place)
        reply = _reply(request, conversation, found, form, opened)
    context = {
        "conversation": conversation,
        "can": can,
        "found": found,
        "main": drawing.main(request, found, can, token=writing.new_token(member, place), reply=reply),
        "close": drawing.close(conversation, found.said),
    }
    return render(request, "conversations/detail.html", context, status=status)


def _page_of(request: HttpRequest, conversation: Conversation) -> int | None:
    """The page that is asked for; none, to resume where one had read to."""
    if "page" in request.GET or request.GET.get("sort") or conversation.asks:
        return number_in(request.GET.get("page"))
    return None


def _reply(
    request: HttpRequest,
    conversation: Conversation,
    found: threads.Read,
    form: ContributionForm | None,
    opened: Opened,
) -> SafeString:
    """Where one answers, with what was written there already."""
    thread = threads.thread_of(found.said, found.view)
    context = {
        "conversation": thread.conversation,
        "form": form or drawing.reply_form(conversation, initial=opened.sheet.initial({})),
        "sheet": opened.sheet,
        **drawing.around_reply(thread, found.view.reader),
    }
    return render_to_string("conversations/_reply.html", context, request)


def number_in(text: str | None) -> int:
    """The number of a page, as an address says it."""
    return int(text) if text and text.isdigit() and len(text) < 7 else 1


def rights(request: HttpRequest, conversation: Conversation) -> Rights:
    """What the reader may do here."""
    member = reader(request)
    return Rights(
        contribute=policies.can_contribute(member, conversation) and not conversation.is_closed,
        accept=policies.can_accept_answer(member, conversation),
        close=policies.can_close(member, conversation),
        manage=policies.can_manage(member, conversation),
        doubt=policies.can_doubt(member, conversation),
        # Whoever wrote the text may as well: the page knows who that is.
        verify=policies.can_verify(member, conversation, author=0),
        accept_charter=community_policies.must_accept_charter(member, conversation.community),
        join=community_policies.can_join(member, conversation.community),
    )


@signed_in
@require_http_methods(["POST"])
@limits.limited(limits.POSTING)
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer, or write a message."""
    conversation = conversation_at(request, pk)
    member, place = reader(request), places.reply_place(conversation)
    opened = open_at(request, place)
    if opened.posted is None:
        return _page(request, conversation, None, opened, status=opened.status)
    form = drawing.reply_form(conversation, opened.posted)
    if not form.is_valid():
        return _page(request, conversation, form, opened, status=422)

    def act() -> str:
        body = form.cleaned_data["body"]
        return permanent_address(services.contribute(conversation=conversation, body=body, by=member))

    try:
        address = writing.publish_once(posted=opened.posted, by=member, place=place, act=act)
    except PasseurError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, conversation, form, opened, status=409)
    toasts.toast(
        request, _("Votre réponse est publiée.") if conversation.asks else _("Votre message est publié.")
    )
    return redirect(address)


@signed_in
@require_http_methods(["GET", "POST"])
@limits.limited(limits.POSTING)
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Comment on a contribution, in its place or on a page of its own."""
    target = contribution_at(request, pk)
    member, place = reader(request), places.comment_place(target)
    opened = open_at(request, place)
    form = ContributionForm(
        opened.posted,
        conversation=target.conversation,
        label=_("Votre commentaire"),
        rows=3,
        auto_id=f"comment-{target.pk}-%s",
        initial=opened.sheet.initial({}),
    )
    if opened.posted is not None and form.is_valid():

        def act() -> str:
            body = form.cleaned_data["body"]
            return permanent_address(services.comment(on=target, body=body, by=member))

        try:
            return redirect(writing.publish_once(posted=opened.posted, by=member, place=place, act=act))
        except PasseurError as refusal:
            form.add_error(None, str(refusal))
    template = "conversations/_comment_form.html" if is_fragment(request) else "conversations/comment.html"
    context = {"form": form, "target": target, "conversation": target.conversation, "sheet": opened.sheet}
    return render(request, template, context, status=opened.status)


@signed_in
@require_GET
def permalink(request: HttpRequest, pk: int) -> HttpResponse:
    """The address of a message for ever: leads to its place in its conversation as it is now."""
    contribution = contribution_at(request, pk)
    page = paging.page_of(contribution)
    query = f"?sort=oldest&page={page}" if page > 1 else ""
    return redirect(
        reverse("conversations:detail", args=[contribution.conversation_id])
        + f"{query}#contribution-{contribution.pk}"
    )


def permanent_address(contribution: Contribution) -> str:
    """Where a contribution can always be found."""
    return reverse("conversations:contribution", args=[contribution.pk])


@signed_in
@require_GET
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """All versions of a text, each with what it changed."""
    contribution = contribution_at(request, pk)
    if contribution.is_deleted:
        require(policies.can_delete(reader(request), contribution))
    context = {
        "contribution": contribution,
        "conversation": contribution.conversation,
        "community": contribution.conversation.community,
        "versions": versions.versions(contribution),
    }
    return render(request, "conversations/history.html", context)
