"""The door of every view: it says who may enter, and a test checks that each view has said so."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def public(view: View[P]) -> View[P]:
    """Anybody may enter, signed in or not."""
    cast("Any", view).access = "public"
    return view


def signed_in(view: View[P]) -> View[P]:
    """Members only; the view then asks its room's policy about the thing itself.

    A stranger is sent to sign in, and back; a fragment asked by htmx answers 401 with that address.
    """

    @wraps(view)
    def gate(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Redirect": redirect_to_login(request.path).url})
        return redirect_to_login(request.get_full_path())

    cast("Any", gate).access = "signed_in"
    return cast("View[P]", gate)
