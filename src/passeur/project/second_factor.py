"""Where the installation asks for a second factor, whoever has none is led to add one, and nowhere else."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from passeur.accounts import queries
from passeur.accounts.services import HELD


class AskForSecondFactor:
    """Lets pages about ways in, signing out and the language through; everything else leads to the first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SECOND_FACTOR == "nobody" or self._may_go_on(request):
            return self.get_response(request)
        where = reverse("accounts:security")
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Redirect": where})
        return redirect(where)

    def _may_go_on(self, request: HttpRequest) -> bool:
        member = request.user
        if not member.is_authenticated or request.path.startswith(
            ("/accounts/", "/me/security/", "/language/")
        ):
            return True
        if not queries.must_have_second_factor(member, settings.SECOND_FACTOR):
            return True
        if request.session.get(HELD) != member.sign_in_epoch and queries.has_second_factor(member):
            request.session[HELD] = member.sign_in_epoch
        return request.session.get(HELD) == member.sign_in_epoch
