"""What happens in communities, as statements. The room stands below this one, and is told of here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from passeur.communities import queries as communities
from passeur.communities.events import MemberJoined, MemberLeft

from .protocols import JOINED, LEFT, Fact, community
from .services.deriving import source

if TYPE_CHECKING:
    from passeur.communities.models import Membership


def _every() -> QuerySet[Membership]:
    return communities.every_membership()


def _of(event: MemberJoined | MemberLeft) -> list[int]:
    found = communities.every_membership().filter(community=event.community, member=event.member)
    return list(found.values_list("pk", flat=True))


@source("memberships", every=_every, verbs=[JOINED, LEFT], on={MemberJoined: _of, MemberLeft: _of})
def memberships(numbers: Sequence[int]) -> Iterator[Fact]:
    """Who came and who went. Somebody who comes back comes once more."""
    for one in communities.every_membership().filter(pk__in=numbers):
        place = community(one.community_id)
        since = f"{one.community_id} {one.member_id} {one.joined_at.isoformat()}"
        yield Fact(one.pk, f"joined {since}", one.member_id, JOINED, place, one.joined_at, one.community_id)
        if one.left_at is not None:
            yield Fact(one.pk, f"left {since}", one.member_id, LEFT, place, one.left_at, one.community_id)
