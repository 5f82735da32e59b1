"""Taking a person out of what was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from passeur.records import protocols as records

from ..models import Actor, CompanySilence, Exchange, Participant, Response, Tally, Tie, Writing
from . import deriving, lasting, responding

if TYPE_CHECKING:
    from passeur.accounts.models import Member

# The server may ask what stands beside an AND in any order, and of a bit that is not there it is an error.
_CLEAR = """
UPDATE engagement_population SET bits = set_bit(bits, %(bit)s, 0), size = size - 1
 WHERE CASE WHEN length(bits) * 8 > %(bit)s THEN get_bit(bits, %(bit)s) = 1 ELSE false END
"""
# What was told stays told: its difference would be the person. Of whom it is made is no longer known.
_CLEAR_TOLD = """
UPDATE {table} SET bits = set_bit(bits, %(bit)s, 0)
 WHERE CASE WHEN length(bits) * 8 > %(bit)s THEN get_bit(bits, %(bit)s) = 1 ELSE false END
"""
_TOLD = ("engagement_fourweeks", "engagement_toldblock", "engagement_toldpart")


def erase(member: Member) -> None:
    """Forget what was counted of a member, inside the caller's transaction; their days are made again.

    What others are in stays: their exchanges, with nobody in the member's place. The bit is not given again.
    """
    CompanySilence.objects.filter(member=member).delete()
    mine = Actor.objects.filter(Q(member=member) | Q(key=records.key_of_member(member.pk)))
    actors = dict(mine.values_list("pk", "bit"))
    deriving.mark(actors=list(actors))
    Tally.objects.filter(actor__in=actors).delete()
    Tie.objects.filter(Q(source__in=actors) | Q(target__in=actors)).delete()
    Participant.objects.filter(actor__in=actors).delete()
    Writing.objects.filter(actor__in=actors).delete()
    Response.objects.filter(actor__in=actors).delete()
    asked = Exchange.objects.filter(asker__in=actors)
    days = {(one.community, responding.day_of(one.asked_at)) for one in asked}
    asked.update(asker=None, is_first=False)
    Exchange.objects.filter(helper__in=actors).update(helper=None)
    responding.remake(days)
    lasting.forget_authors(actors)
    # Another actor may be the same person still: somebody imported who was found to be them keeps the bit.
    kept = set(
        Actor.objects.filter(bit__in=actors.values()).exclude(pk__in=actors).values_list("bit", flat=True)
    )
    with connection.cursor() as cursor:
        for bit in set(actors.values()) - kept:
            cursor.execute(_CLEAR, {"bit": bit})
            for table in _TOLD:
                cursor.execute(_CLEAR_TOLD.format(table=table), {"bit": bit})
    mine.delete()
