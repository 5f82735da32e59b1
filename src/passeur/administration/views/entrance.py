"""What the views of this room share: the door, who reads, whom it is about."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from passeur.accounts import queries as accounts
from passeur.foundation.access import signed_in
from passeur.foundation.errors import PasseurError
from passeur.foundation.policies import require
from passeur.foundation.toasts import toast, trouble

from .. import policies, queries

if TYPE_CHECKING:
    from passeur.accounts.models import Member

    from ..models import Batch

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def administered(*methods: str) -> Callable[[View[P]], View[P]]:
    """Signed in, by one of these methods, and an administrator."""

    def decorate(view: View[P]) -> View[P]:
        return signed_in(require_http_methods(methods)(_for_administrators(view)))

    return decorate


def _for_administrators(view: View[P]) -> View[P]:

    @wraps(view)
    def gate(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        require(policies.can_administer(reader(request)))
        return view(request, *args, **kwargs)

    return cast("View[P]", gate)


def reader(request: HttpRequest) -> Member:
    """The member behind a signed-in view."""
    return cast("Member", request.user)


def person_at(pk: int) -> Member:
    """Somebody with an account, or imported; 404 for machines, merged and erased members."""
    return get_object_or_404(accounts.accounts_and_imported(), pk=pk)


def batch_at(pk: int) -> Batch:
    """A file of invitations; any administrator may see to it."""
    return get_object_or_404(queries.batches(), pk=pk)


def done(
    request: HttpRequest, member: Member, act: Callable[[], object], said: str, undo: str = ""
) -> HttpResponse:
    """Carry an act out on somebody, say what happened or what stood against it, and show their page."""
    try:
        act()
        toast(request, said, undo=undo)
    except PasseurError as refusal:
        trouble(request, str(refusal))
    return redirect("administration:person", member.pk)
