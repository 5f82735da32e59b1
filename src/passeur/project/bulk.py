"""Inviting from the command line: in whose name, into which community, looked at or done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction

from passeur.accounts import queries as accounts
from passeur.administration import queries, services
from passeur.administration.choices import Show
from passeur.communities import queries as communities
from passeur.foundation.errors import PasseurError
from passeur.foundation.terminal import gettext as _

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.administration.models import Batch
    from passeur.communities.models import Community


class Unclear(PasseurError):
    """Nobody to invite in the name of, or no such community; the sentence says what to give."""


def check(
    content: bytes, *, email: str | None, community: str | None, keep: bool, tell: Callable[[Batch], None]
) -> Batch | None:
    """Judge each line and tell it. With `keep` the file is launched, for the caller to carry out."""
    by, place = _inviter(email), _place(community)
    table = services.read(content)
    with transaction.atomic():
        batch = services.check(table=table, by=by, place=place)
        tell(batch)
        if keep:
            services.launch(batch=batch, by=by, queued=False)
            return batch
        transaction.set_rollback(True)
    return None


def _inviter(email: str | None) -> Member:
    """The administrator with that address; without one, the only administrator there is."""
    if email is not None:
        found = accounts.by_email(email)
        if found is None or not found.is_administrator or not found.is_active:
            raise Unclear(_("Personne n’administre Passeur avec l’adresse {email}.").format(email=email))
        return found
    administrators = list(queries.people(Show.ADMINISTRATORS)[:2])
    if not administrators:
        raise Unclear(
            _("Personne n’administre Passeur : créez d’abord un compte par « passeur createmanager ».")
        )
    if len(administrators) > 1:
        raise Unclear(
            _("Plusieurs personnes administrent Passeur : dites laquelle invite, par --as ADRESSE.")
        )
    return administrators[0]


def _place(slug: str | None) -> Community | None:
    if slug is None:
        return None
    found = communities.places().filter(slug=slug).first()
    if found is None:
        raise Unclear(_("Il n’y a pas de communauté « {slug} ».").format(slug=slug))
    return found
