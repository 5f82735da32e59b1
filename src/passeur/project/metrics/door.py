"""The address of the figures. It answers before hosts and https are looked at: a watcher has neither."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils.translation import gettext as _
from prometheus_client import CONTENT_TYPE_LATEST

from passeur.foundation.access import programs
from passeur.project.metrics import counted, policies

PATH = "/metrics"


def _let_in(request: HttpRequest) -> HttpResponse | None:
    if policies.may_read(request):
        return None
    sentence = _(
        "Ces mesures se lisent depuis la machine de Passeur, ou avec le jeton de PASSEUR_METRICS_TOKEN."
    )
    return HttpResponse(
        f"{sentence}\n",
        status=401,
        content_type="text/plain; charset=utf-8",
        headers={"WWW-Authenticate": 'Bearer realm="passeur"'},
    )


@programs(_let_in)
def figures(request: HttpRequest, _nobody: None) -> HttpResponse:
    """All of them."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    return HttpResponse(
        counted.text(), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"}
    )


class Metrics:
    """Lets the view answer first, whatever name the machine was called by."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return figures(request) if request.path == PATH else self.get_response(request)
