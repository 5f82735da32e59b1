"""Naming somebody of a community: whom to offer while one types, and whom the words of a field name."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Q, Value, When

from passeur.foundation.folded import Folded, NameBeginnings, NameWords
from passeur.foundation.text import fold_name

from .. import policies
from ..models import Community
from .members import people

if TYPE_CHECKING:
    from passeur.accounts.models import Member

MOST = 6
_HANDLE = re.compile(r"(?<![\w@/.-])@([\w-]*\w)")


def nameable(
    community: Community,
    begins: str,
    *,
    first: Collection[int] = (),
    without: Member | None = None,
    most: int = MOST,
) -> list[Member]:
    """People of `community` whose short name, or a word of whose name, begins so; accents do not count.

    Those of the keys `first` come first, and are all that is offered before a letter is typed. One query.
    """
    folded = fold_name(begins.strip().removeprefix("@"))
    found = people().filter(policies.nameable_in(community)).annotate(folded=Folded("name"))
    if without is not None:
        found = found.exclude(pk=without.pk)
    if folded:
        by_name = Q(words=NameBeginnings(folded), folded__contains=folded)
        is_word = re.search(r"[^\W_]", folded) is not None
        found = found.annotate(words=NameWords("name")).filter(
            Q(handle__startswith=folded) | (by_name if is_word else Q(pk__in=[])), handle__isnull=False
        )
    elif first:
        found = found.filter(pk__in=first, handle__isnull=False)
    else:
        return []
    order = Case(
        When(pk__in=first, then=Value(0)),
        When(handle=folded, then=Value(1)),
        When(Q(folded__startswith=folded) | Q(handle__startswith=folded), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return list(found.order_by(order, "folded", "pk")[:most])


def called(member: Member) -> str:
    """How a field for one person shows somebody: a name for the eye, a short name that leaves no doubt."""
    return f"{member.name} (@{member.handle})" if member.handle else member.name


def named_in(community: Community, words: str) -> Member | None:
    """Whom the words of such a field name: by short name, or by whole name if nobody else has it."""
    here = people().filter(policies.nameable_in(community))
    words = words.strip()
    if handles := _HANDLE.findall(words):
        return here.filter(handle=handles[-1].lower()).first()
    if (one := here.filter(handle=words.lower()).first()) is not None:
        return one
    wanted = fold_name(words)
    if not re.search(r"[^\W_]", wanted):
        return None
    alike = here.annotate(words=NameWords("name")).filter(words=NameBeginnings(wanted))
    same = [one for one in alike[:50] if fold_name(one.name) == wanted]
    return same[0] if len(same) == 1 else None
