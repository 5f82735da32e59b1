"""The audit log as an administrator reads it: keys become names, where there is still a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from passeur.communities import queries as communities
from passeur.communities.choices import Role
from passeur.foundation import audit
from passeur.foundation.models import AuditEntry
from passeur.records.queries import agents

from .people import beginning

if TYPE_CHECKING:
    from passeur.accounts.models import Member

MOST_PEOPLE = 50
"""A search by name that more people meet is not narrowed by them all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader looks for: an act, a person (by key, or by words of the name), days, both included."""

    act: str = ""
    person: int | None = None
    words: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line in words. `by` and `member` are None where the line names nobody."""

    entry: AuditEntry
    act: str
    by: Member | None
    member: Member | None
    community: str
    details: str


def acts() -> list[tuple[str, str]]:
    """All acts with their words, by these."""
    return audit.labels()


def entries(asked: Asked) -> QuerySet[AuditEntry]:
    """The newest first."""
    found = AuditEntry.objects.order_by("-pk")
    if asked.act:
        found = found.filter(act=asked.act)
    if asked.person is not None:
        found = found.filter(Q(by=asked.person) | Q(member=asked.person))
    elif asked.words.strip():
        keys = beginning(asked.words, most=MOST_PEOPLE)
        found = found.filter(Q(by__in=keys) | Q(member__in=keys))
    if asked.since is not None:
        found = found.filter(at__gte=_midnight(asked.since))
    if asked.until is not None:
        found = found.filter(at__lt=_midnight(asked.until + dt.timedelta(days=1)))
    return found


def told(rows: Iterable[AuditEntry]) -> list[LogLine]:
    """In words, with four queries, however many rows."""
    rows = list(rows)
    people = _people({key for row in rows for key in (row.by, row.member, _former(row)) if key is not None})
    places = communities.names_of({row.community for row in rows if row.community is not None})
    invited = communities.addresses_of({row.details.get("invitation", 0) for row in rows})
    elsewhere = agents.spoken_of({key for row in rows if isinstance(key := row.details.get("agent"), int)})
    return [
        LogLine(
            row,
            audit.label(row.act),
            people.get(row.by) if row.by is not None else None,
            people.get(row.member) if row.member is not None else None,
            places.get(row.community, "") if row.community is not None else "",
            _in_words(row.details, invited, elsewhere, people.get(_former(row) or 0)),
        )
        for row in rows
    ]


def _people(keys: Collection[int]) -> dict[int, Member]:
    return get_user_model()._default_manager.in_bulk(list(keys))


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _former(row: AuditEntry) -> int | None:
    """Whose an account was before it became somebody else's."""
    before = row.details.get("before")
    return before if isinstance(before, int) and before else None


def _in_words(
    details: dict[str, Any], invited: Mapping[int, str], elsewhere: Mapping[int, str], former: Member | None
) -> str:
    """« rôle : membre, avant : animation »; what this version has no words for stays as it was kept.

    An invitation that is still there has its address, an account of elsewhere its name and its place.
    """
    names = _names()
    given = dict(details)
    if (address := invited.get(given.get("invitation", 0))) is not None:
        del given["invitation"]
        given["address"] = address
    if (account := elsewhere.get(given.get("agent", 0))) is not None:
        given["agent"] = account
        names["agent"] = _("compte de traces")
    if former is not None:
        given["before"] = former.name
    known = [(label, _value(name, given[name])) for name, label in names.items() if name in given]
    rest = [(name, str(value)) for name, value in given.items() if name not in names]
    said = [_("%(what)s : %(value)s") % {"what": what, "value": value} for what, value in known + rest]
    return ", ".join(said)


def _names() -> dict[str, str]:
    return {
        "address": _("adresse"),
        "role": _("rôle"),
        "before": _("avant"),
        "fields": _("champs"),
        "version": _("version"),
        "kind": _("sorte"),
        "invitation": _("invitation n°"),
        "source": _("compte importé n°"),
        "lines": _("lignes"),
        "batch": _("fichier n°"),
        "administrator": _("administration"),
        "client": _("programme n°"),
        "scopes": _("droits"),
        "agent": _("compte de traces n°"),
        "course": _("cours n°"),
        "theme": _("thème n°"),
        "forward": _("envoi n°"),
        "everything": _("avec les traces déjà là"),
    }


def _value(name: str, value: Any) -> str:
    if name in {"role", "before"} and value in Role.values:
        return str(Role(value).label)
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if name == "before" and value == 0:
        return _("personne")
    return ", ".join(value) if isinstance(value, list) else str(value)
