"""What narrows a list of this room: which of them, and words they hold."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import BadRequest
from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.translation import gettext as _

Which = TypeVar("Which", bound=TextChoices)

LONGEST = 100


def narrowed(request: HttpRequest, usual: Which) -> tuple[Which, str]:
    """Which are asked for, else `usual`, and the words. `BadRequest` for no choice of ours."""
    try:
        shown = type(usual)(request.GET.get("show", usual))
    except ValueError as unknown:
        raise BadRequest(_("Ce filtre n’existe pas. Choisissez-en un dans la liste.")) from unknown
    return shown, request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
