"""A text that was sent when the session was over: kept through signing in, for its writer alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib.auth import get_user_model
from django.http import HttpRequest

from passeur.foundation.errors import PasseurError

from ..protocols import Spot, places
from .drafts import fields_of, save_draft
from .sheets import RESTORE
from .tokens import read_token

if TYPE_CHECKING:
    from passeur.accounts.models import Member

KEPT = "writing.interrupted"
KEPT_FOR = 24 * 3600  # seconds that a session of nobody holds a text


def way_back(spot: Spot) -> str:
    """The page where the draft of that place is in the form again."""
    return f"{spot.address}?draft={RESTORE}{spot.anchor}"


def keep_through_sign_in(request: HttpRequest) -> str | None:
    """Put the text of a POST by nobody into the session; returns the page to come back to.

    Only for a form that we made for somebody, and only that person gets it back: whoever signs in here
    instead finds nothing.
    """
    token = read_token(request.POST.get("draft", ""))
    if token is None:
        return None
    writer = get_user_model().objects.filter(pk=token.member, is_active=True).first()
    spot = places(writer, [token.place]).get(token.place) if writer is not None else None
    if spot is None:
        return None
    try:
        fields = fields_of(request.POST)
    except PasseurError:
        return None
    request.session.set_expiry(KEPT_FOR)
    request.session[KEPT] = {"member": token.member, "place": token.place, "fields": fields}
    return way_back(spot)


def give_back(request: HttpRequest, member: Member) -> None:
    """After signing in: what was kept becomes a draft of `member`, if it was theirs; else it is forgotten."""
    kept = request.session.pop(KEPT, None)
    if kept:
        request.session.set_expiry(None)
    if kept and kept["member"] == member.pk:
        save_draft(by=member, place=kept["place"], fields=kept["fields"])


def save_interrupted(request: HttpRequest) -> str | None:
    """A POST that was refused for its CSRF token: its text becomes a draft, and nothing else happens.

    Safe, because only a form of this very member bears a token of ours; returns where it is taken up again.
    """
    token = read_token(request.POST.get("draft", ""))
    member = cast("Member", request.user)
    if token is None or token.member != member.pk:
        return None
    spot = places(member, [token.place]).get(token.place)
    if spot is None:
        return None
    try:
        save_draft(by=member, place=token.place, fields=fields_of(request.POST))
    except PasseurError:
        return None
    return way_back(spot)
