"""Naming who receives the report of a community, and asking them first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from passeur.foundation import events as bus
from passeur.foundation import mail
from passeur.foundation.policies import require

from .. import policies
from ..errors import AlreadyNamed, SaidNo, TooMany
from ..events import SponsorNamed
from ..models import Sponsor
from ..queries import link_of

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

MOST = 20
UNANSWERED = dt.timedelta(days=30)


def name(*, community: Community, email: str, language: str, by: Member) -> Sponsor:
    """Put an address in the list. It receives one mail that asks, and no report before its owner says yes."""
    require(policies.can_name(by, community))
    address = email.strip().lower()
    with transaction.atomic():
        there = list(Sponsor.objects.select_for_update().filter(community=community))
        found = next((one for one in there if one.email == address), None)
        if found is not None:
            raise SaidNo if found.left_at is not None else AlreadyNamed
        if len(there) >= MOST:
            raise TooMany(MOST)
        made = Sponsor.objects.create(community=community, email=address, language=language, named_by=by)
        bus.publish(SponsorNamed(made.pk))
    return made


def take_off(*, sponsor: Sponsor, by: Member) -> None:
    """Out of the list, with all that was sent. Whoever stopped the report stays: nobody asks again."""
    require(policies.can_name(by, sponsor.community))
    if sponsor.left_at is not None:
        raise SaidNo
    sponsor.delete()


def ask(sponsor: int) -> None:
    """The one mail that somebody gets without having said yes."""
    found = Sponsor.objects.select_related("community", "named_by").filter(pk=sponsor).first()
    if found is None or found.confirmed_at is not None or found.left_at is not None:
        return
    link = link_of(found)
    mail.post(
        found.email,
        "sponsors/mail/consent",
        language=found.language,
        context={
            "community": found.community,
            "by": found.named_by,
            "url": settings.ORIGIN + reverse("sponsors:answer", args=[link]),
            "stop": settings.ORIGIN + reverse("sponsors:stop", args=[link]),
        },
        key=f"sponsor {found.serial}",
    )


def forget_unanswered() -> None:
    """Addresses whose owner did not answer for a month are not kept."""
    Sponsor.objects.filter(confirmed_at=None, left_at=None, named_at__lt=timezone.now() - UNANSWERED).delete()
