"""What each line of a file of invitations comes to, as things stand now, in a few queries for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import translation

from passeur.accounts import queries as accounts
from passeur.communities import queries as communities
from passeur.communities.choices import Role
from passeur.foundation.addresses import check_address
from passeur.foundation.text import fold_name

from ..choices import Verdict
from .reading import Row

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community

_ROLES = {
    "animation": Role.LCM,
    "animateur": Role.LCM,
    "animatrice": Role.LCM,
    "manager": Role.LCM,
    "expertise": Role.EXPERT,
    "experte": Role.EXPERT,
    "formation": Role.TRAINING_MANAGER,
    "responsable formation": Role.TRAINING_MANAGER,
    "training manager": Role.TRAINING_MANAGER,
}
_LANGUAGES = {"fr": "fr", "francais": "fr", "french": "fr", "en": "en", "anglais": "en", "english": "en"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A line, what it comes to, and what it was understood as. `role` is empty where the file says none."""

    row: Row
    verdict: Verdict
    community: Community | None = None
    role: str = ""
    language: str = ""
    was: str = ""
    like: int | None = None


@cache
def _roles() -> dict[str, Role]:
    """The words for each role, folded, in both languages."""
    found = dict(_ROLES)
    for language in ("fr", "en"):
        with translation.override(language):
            found |= {fold_name(str(role.label)): role for role in Role}
    return found | {role.value: role for role in Role}


class Judge:
    """Knows what it takes to judge `rows`: read once, whatever their number."""

    def __init__(self, rows: Sequence[Row], *, by: Member, place: Community | None = None) -> None:
        """`place` is the community of the lines that name none."""
        self._by, self._place = by, place
        self._by_slug: dict[str, Community] = {}
        self._by_name: dict[str, list[Community]] = defaultdict(list)
        named = {row.community for row in rows if row.community}
        for community in communities.spelt(named | {fold_name(words) for words in named}):
            self._by_slug[community.slug] = community
            self._by_name[fold_name(community.name)].append(community)
        addresses = {row.address for row in rows}
        self._open = accounts.states_of(addresses)
        self._roles_held = communities.roles_at(addresses)
        self._invited = communities.invitations_at(addresses)
        known = {one.pk for one in self._by_slug.values()} | ({place.pk} if place else set())
        leading = communities.managers_of(known)
        self._managers = {pk: {row.member.email for row in found} for pk, found in leading.items()}
        self._seen: dict[tuple[str, int], int] = {}

    def judge(self, row: Row) -> Judged:
        """One line after another, in their order."""
        try:
            check_address(row.address)
        except ValidationError:
            return Judged(row, Verdict.BAD_ADDRESS)
        found = self._communities(row.community)
        if not found:
            return Judged(row, Verdict.NO_COMMUNITY if row.community else Verdict.UNNAMED)
        if len(found) > 1:
            return Judged(row, Verdict.SEVERAL_COMMUNITIES)
        community = found[0]
        role = _roles().get(fold_name(row.role)) if row.role else None
        language = _LANGUAGES.get(fold_name(row.language), "")
        if row.role and role is None:
            return Judged(row, Verdict.BAD_ROLE, community, language=language)
        if row.language and not language:
            return Judged(row, Verdict.BAD_LANGUAGE, community, role or "")
        # A line that is no good does not stand in the way of a later one that is.
        before = self._seen.setdefault((row.address, community.pk), row.number)
        if before != row.number:
            return Judged(row, Verdict.DUPLICATE, community, role or "", language, like=before)
        verdict, was = self._verdict(row, community, role), ""
        if verdict in {Verdict.ROLE, Verdict.MEMBER, Verdict.LAST_MANAGER}:
            was = self._roles_held[row.address, community.pk]
        if verdict is Verdict.ROLE and was == Role.LCM:
            self._managers[community.pk].discard(row.address)
        return Judged(row, verdict, community, role or "", language, was)

    def _verdict(self, row: Row, community: Community, role: Role | None) -> Verdict:
        key = (row.address, community.pk)
        if community.is_archived:
            return Verdict.ARCHIVED
        if row.address == self._by.email:
            return Verdict.ONESELF
        if self._open.get(row.address) is False:
            return Verdict.CLOSED
        if key in self._roles_held:
            if role is None or role == self._roles_held[key]:
                return Verdict.MEMBER
            others = self._managers.get(community.pk, set()) - {row.address}
            last = self._roles_held[key] == Role.LCM and not others
            return Verdict.LAST_MANAGER if last else Verdict.ROLE
        if key in self._invited:
            return Verdict.INVITED if self._invited[key] else Verdict.RENEW
        return Verdict.INVITE

    def _communities(self, said: str) -> list[Community]:
        """Those a cell may mean: by identifier, else by name whatever its case and accents."""
        if not said:
            return [self._place] if self._place is not None else []
        if said in self._by_slug:
            return [self._by_slug[said]]
        return self._by_name.get(fold_name(said), [])
