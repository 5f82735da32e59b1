"""Whose accounts of outside places are whose, for the agents of statements that come from there."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import urlsplit

from passeur.records.services import linking
from passeur.records.services.linking import Accounts

from .models import Identity


def identities(accounts: Accounts) -> dict[tuple[str, str], int]:
    """An account named as an import named it, at the host of that place, is the member it is there."""
    places: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for home, name in accounts:
        host = urlsplit(home).hostname or ""
        places[host][name] = (home, name)
    found: dict[tuple[str, str], int] = {}
    for host, named in places.items():
        rows = Identity.objects.filter(
            channel__address=host, external_id__in=named, member__erased_at=None, member__is_machine=False
        )
        for name, member, merged in rows.values_list("external_id", "member", "member__merged_into"):
            found[named[name]] = merged or member
    return found


linking.proofs.append(identities)
