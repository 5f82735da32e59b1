"""The door of every view: it says who may enter, and a test checks that each view has said so."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from passeur.foundation.fragments import page_of

P = ParamSpec("P")
T = TypeVar("T")

Keeper = Callable[[HttpRequest], str | None]
"""Keeps what a POST brought whose session is over; returns the page where it can be taken up again."""

_keepers: list[Keeper] = []


def keeps_what_was_sent(keeper: Keeper) -> Keeper:
    """Register a keeper; the first that knows what to do with a request is followed."""
    if keeper not in _keepers:
        _keepers.append(keeper)
    return keeper


View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def public(view: View[P]) -> View[P]:
    """Anybody may enter, signed in or not."""
    cast("Any", view).access = "public"
    return view


def signed_in(view: View[P]) -> View[P]:
    """Members only; the view then asks its room's policy about the thing itself.

    A stranger is sent to sign in, and back; a fragment asked by htmx answers 401 with that address, and leads
    back to the page that asked. What a POST brought is kept on the way (`keeps_what_was_sent`).
    """

    @wraps(view)
    def gate(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Redirect": redirect_to_login(page_of(request)).url})
        kept = (keeper(request) for keeper in _keepers) if request.method == "POST" else iter(())
        return redirect_to_login(next((page for page in kept if page), request.get_full_path()))

    cast("Any", gate).access = "signed_in"
    return cast("View[P]", gate)


def programs(
    gate: Callable[[HttpRequest], T | HttpResponseBase],
) -> Callable[[Callable[[HttpRequest, T], HttpResponseBase]], Callable[[HttpRequest], HttpResponseBase]]:
    """Programs only, by credentials that each request brings; being signed in opens nothing here.

    `gate` gives what the view is called with, or the answer to whoever may not enter (401). As no cookie
    counts, no page of elsewhere can use a visitor's browser for it: there is no token of forms to check.
    """

    def decorate(
        view: Callable[[HttpRequest, T], HttpResponseBase],
    ) -> Callable[[HttpRequest], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponseBase:
            let_in = gate(request)
            return let_in if isinstance(let_in, HttpResponseBase) else view(request, let_in)

        marked = cast("Any", guarded)
        marked.access, marked.csrf_exempt = "programs", True
        return guarded

    return decorate
