"""What a person chooses: ways, hours, how much; leaving by a link; mail again after it came back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from passeur.foundation import counters, live, memo
from passeur.foundation.policies import require

from .. import errors, policies
from ..choices import BELL, Rhythm, Way
from ..models import Choice, Letter, Notice, Wishes
from ..protocols import kind_of, kinds
from ..queries.dot import has_news
from ..queries.wishes import ways, wishes_of
from . import tokens
from .claiming import hold
from .digesting import next_digest

if TYPE_CHECKING:
    from passeur.accounts.models import Member


def choose(*, member: Member, by: Member, ways: Mapping[str, Way], **wishes: Any) -> None:
    """Keep how somebody wants to be told: by kind, and the fields of `Wishes` for all of them."""
    require(policies.can_choose(by, member))
    if Way.DIGEST in ways.values() and wishes.get("rhythm") == Rhythm.NEVER:
        raise errors.NoDigest
    with transaction.atomic():
        kept = hold(member)
        before = kept.rhythm
        for name, value in wishes.items():
            setattr(kept, name, value)
        _set_digest(member, kept, before)
        kept.save()
        for slug, way in ways.items():
            _set_way(member, slug, way)
    memo.forget("notifications.dot", member.pk)
    counters.forget()


def _set_digest(member: Member, wishes: Wishes, before: str, now: dt.datetime | None = None) -> None:
    """When the next digest comes. Who begins to have one is told what is new from that moment on."""
    at = now or timezone.now()
    if before == Rhythm.NEVER and wishes.rhythm != Rhythm.NEVER:
        wishes.digest_until = at
        # What an earlier digest would have told, had it not been stopped, stays in the page.
        Notice.objects.filter(member=member, due_at=None).exclude(unmailed=[]).update(unmailed=[])
    wishes.digest_at = next_digest(member, wishes, at)


def _set_way(member: Member, slug: str, way: Way) -> None:
    kind = kind_of(slug)
    if kind is None:
        raise LookupError(slug)
    if way == kind.default:
        Choice.objects.filter(member=member, kind=slug).delete()
    else:
        Choice.objects.update_or_create(member=member, kind=slug, defaults={"way": way})


def unsubscribe(token: str) -> list[str]:
    """Stop the mails a token names, whoever holds it; what is told goes on being shown in the page.

    Gives the labels of what is stopped. `UnknownToken` when it is not of our making.
    """
    member, slugs = _member_of(token)
    with transaction.atomic():
        if tokens.DIGEST in slugs:
            Wishes.objects.filter(member=member).update(rhythm=Rhythm.NEVER, digest_at=None)
        for slug in slugs:
            if kind_of(slug) is not None:
                _stop_mail(member, slug)
    return labels(slugs)


def _stop_mail(member: Member, slug: str) -> None:
    """In the page only; who had chosen to hear nothing at all still hears nothing."""
    Choice.objects.get_or_create(member=member, kind=slug, defaults={"way": Way.PAGE})
    Choice.objects.filter(member=member, kind=slug, way__in=[Way.MAIL, Way.DIGEST]).update(way=Way.PAGE)


def stoppable(token: str) -> list[str]:
    """The labels of the mails that a token would stop: none of what does not come any more."""
    member, slugs = _member_of(token)
    coming = {kind for kind, way in ways(member).items() if way in {Way.MAIL, Way.DIGEST}}
    if wishes_of(member).rhythm != Rhythm.NEVER:
        coming.add(tokens.DIGEST)
    return labels(coming.intersection(slugs))


def labels(slugs: Collection[str]) -> list[str]:
    """What kinds are called, the digest included, in the order of the preferences."""
    named = [str(kind.label) for kind in kinds() if kind.slug in slugs]
    return [*named, *([gettext("Votre résumé")] if tokens.DIGEST in slugs else [])]


def _member_of(token: str) -> tuple[Member, list[str]]:
    found = tokens.read(token)
    member = get_user_model()._default_manager.filter(pk=found[0]).first() if found else None
    if found is None or member is None:
        raise errors.UnknownToken
    return member, found[1]


def resume_mail(*, member: Member, by: Member) -> None:
    """Their address works again: mail goes there once more."""
    require(policies.can_choose(by, member))
    Wishes.objects.filter(member=member).update(
        returned_address="", returned_at=None, held_address="", held_until=None
    )
    Letter.objects.filter(member=member).update(late_at=None)


def look(member: Member) -> None:
    """The page of notifications is open before them: the dot goes out, in their other pages too."""
    was_lit = has_news(member)
    with transaction.atomic():
        Wishes.objects.bulk_create(
            [Wishes(member=member, looked_at=timezone.now())],
            update_conflicts=True,
            unique_fields=["member"],
            update_fields=["looked_at"],
        )
        if was_lit:
            live.announce(BELL, member.pk)
    memo.forget("notifications.dot", member.pk)
    counters.forget()
