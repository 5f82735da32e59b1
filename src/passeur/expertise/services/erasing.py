"""Taking a person out of evidence, of lists, and of what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from passeur.accounts.protocols import GONE
from passeur.accounts.services import take_out

from ..choices import Scope
from ..models import Listing, Referral, Share, Tally, ThemeCount
from .learning import mark_stale_around

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.accounts.protocols import Traces


def erase_expert(member: Member, traces: Traces) -> None:
    """Inside the transaction that erases the person; evidence is counted again by the next job."""
    mark_stale_around([member.pk])
    Share.objects.filter(person=member).delete()
    of_pairs = Q(scope__in=[Scope.TO_ASKER, Scope.TOGETHER], key=member.pk)
    Tally.objects.filter(Q(person=member) | of_pairs).delete()
    for count in ThemeCount.objects.filter(last__contains=[member.pk]):
        count.last = [person for person in count.last if person != member.pk]
        count.save(update_fields=["last"])
    _leave_lists(member)
    Referral.objects.filter(better=member).update(better=None)
    Referral.objects.filter(member=member).update(reasons=[], decline_reason="", decline_words="")
    for referral in Referral.objects.filter(conversation__author=member).exclude(reasons=[]):
        referral.reasons = [_without_asker(reason) for reason in referral.reasons]
        referral.save(update_fields=["reasons"])
    near = Q(conversation__author=member) | Q(conversation__contributions__author=member)
    take_out(Referral.objects.all(), "reasons", "decline_words", traces=traces, near=near)
    take_out(Listing.objects.all(), "why", traces=traces, near=near)


def _leave_lists(member: Member) -> None:
    key = str(member.pk)
    named = Q(why__has_key=key) | Q(order__contains=[[member.pk]]) | Q(greyed__contains=[[member.pk]])
    for listing in Listing.objects.filter(named | Q(conversation__author=member)):
        listing.order = [pair for pair in listing.order if pair[0] != member.pk]
        listing.greyed = [pair for pair in listing.greyed if pair[0] != member.pk]
        listing.why = {
            person: [_without_asker(reason) for reason in reasons] if _asked(listing, member) else reasons
            for person, reasons in listing.why.items()
            if person != key
        }
        listing.save(update_fields=["order", "greyed", "why"])


def _asked(listing: Listing, member: Member) -> bool:
    return listing.conversation.author_id == member.pk


def _without_asker(reason: dict[str, Any]) -> dict[str, Any]:
    """Reasons keep the first name of who asked."""
    return reason | {"asker": GONE} if "asker" in reason else reason
