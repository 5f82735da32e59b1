"""Contesting what Passeur infers about oneself, and accepting it again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from passeur.foundation.access import signed_in
from passeur.foundation.toasts import toast
from passeur.foundation.views import back

from .. import services
from .finding import reader


@signed_in
@require_POST
def contest(request: HttpRequest, theme: int) -> HttpResponse:
    """This is not mine, or nobody's business."""
    if not services.contest(member=reader(request), theme=theme, by=reader(request)):
        raise Http404
    toast(request, _("Ce thème ne vous est plus attribué. Personne n’en est prévenu."))
    return redirect(back(request))


@signed_in
@require_POST
def accept(request: HttpRequest, theme: int) -> HttpResponse:
    """It is mine, after all."""
    if not services.accept_again(member=reader(request), theme=theme, by=reader(request)):
        raise Http404
    toast(request, _("Ce thème vous est de nouveau attribué."))
    return redirect(back(request))
