"""Every address of the product, to each thing of the private community, and to things that are not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Q
from django.urls import reverse

from passeur.conversations.choices import Kind
from passeur.conversations.models import Verification
from passeur.desk.models import Entry, Step
from passeur.introductions.models import Introduction
from passeur.notifications.models import Notice
from passeur.outreach.models import Note
from tests.architecture.world import NOTHING, Address, addresses

from .secret import INSIDERS, Secret

# Named by the walk, not by who walks: what they do is the visitor's own business, and ends the walk.
ENDS_THE_WALK = {"account_logout", "accounts:erase"}

# The link is the proof: whoever was sent it reads where it leads.
HELD_BY_WHO_WAS_ASKED = {"communities:invitation", "sponsors:answer", "sponsors:stop"}

# What stands behind an argument besides the things of `world.py`: all there are, whoever they are of.
MORE: dict[str, Callable[[Secret], list[Any]]] = {
    "accounts:pk": lambda made: [made.people[name].pk for name in ("lcm", "expert", "member", "erased")],
    "introductions:propose:pk": lambda made: [made.people[name].pk for name in ("lcm", "expert")],
    "introductions:pk": lambda made: list(Introduction.objects.values_list("pk", flat=True)),
    "outreach:pk": lambda made: list(Note.objects.values_list("pk", flat=True)),
    "notifications:open:pk": lambda made: _notices(made),
    "desk:pk": lambda made: list(Step.objects.values_list("pk", flat=True)),
    "desk:key": lambda made: list(
        Entry.objects.filter(community=made.secret).values_list("key", flat=True)[:3]
    ),
    "records:untie:pk": lambda made: [made.things["course tie"].pk],
    "conversations:said": lambda made: list(Verification.objects.values_list("pk", flat=True)),
    "conversations:kind": lambda made: list(Kind.values),
    "writing:key": lambda made: [made.things[name].key for name in ("file", "picture", "file of left")],
}
KNOWN_IN_BOTH = ("both", "left", "removed", "closed", "erased", "imported", "claimant", "invited")

# Arguments behind which nothing of a private community can stand.
NOTHING_BEHIND = {
    "mfa_remove_webauthn:pk": "a passkey of one's own",
    "accounts:end_session:pk": "a session of one's own",
    "records:course:pk": "a course of a learning platform; what is tied to it is walked by itself",
    "records:forward:pk": "a store that an administrator sends to",
    "records:forward_gesture:pk": "a store that an administrator sends to",
    "records:forward_gesture:gesture": "one of four words",
    "records:link:key": "an agent of a learning platform",
    "records:part:key": "an agent of a learning platform",
    "records:revoke:pk": "a program that an administrator let in",
    "records:rotate:pk": "a program that an administrator let in",
}


@dataclass(frozen=True, slots=True)
class Door:
    """An address with its arguments; `absent` is the same one to something that is not there."""

    name: str
    url: str
    absent: str


def open_doors(made: Secret) -> list[tuple[str, str]]:
    """Pages of oneself, of everybody, and of the open community, its people among them: (name, url)."""
    found: dict[str, str] = {}
    for address in addresses():
        if address.name not in ENDS_THE_WALK:
            for values in _in_the_open(address, made):
                found.setdefault(reverse(address.name, kwargs=values), address.name)
    return [(name, url) for url, name in found.items()]


def _in_the_open(address: Address, made: Secret) -> Iterator[dict[str, Any]]:
    assert made.open_world is not None
    yield address.values(made.open_world)
    if address.name == "accounts:profile":
        yield from ({"pk": made.people[name].pk} for name in KNOWN_IN_BOTH)


def doors(made: Secret, *, each_thing: bool = True) -> list[Door]:
    """To the private community, each address once for each thing, or for the first that there is."""
    found: dict[str, Door] = {}
    for address in addresses():
        if not address.arguments or address.name in HELD_BY_WHO_WAS_ASKED:
            continue
        for values in islice(_values(address, made), None if each_thing else 1):
            url = reverse(address.name, kwargs=values)
            absent = reverse(address.name, kwargs=values | _absent(address, values, made))
            if url != absent:
                found.setdefault(url, Door(address.name, url, absent))
    return list(found.values())


def _values(address: Address, made: Secret) -> Iterator[dict[str, Any]]:
    first = address.values(made.worlds[0])
    for argument in address.arguments:
        key = next((key for key in _keys(address, argument) if key in MORE), None)
        for value in MORE[key](made) if key else ():
            yield first | {argument: value}
    for world in made.worlds:
        yield address.values(world)


def _keys(address: Address, argument: str) -> tuple[str, str]:
    return f"{address.name}:{argument}", f"{address.name.split(':')[0]}:{argument}"


def _absent(address: Address, values: dict[str, Any], made: Secret) -> dict[str, Any]:
    """The arguments that name a thing, and not a way to look at it, name one that was never there."""
    assert made.open_world is not None
    elsewhere = address.values(made.open_world)
    named = {}
    for argument, value in values.items():
        names_a_thing = elsewhere.get(argument) != value or any(k in MORE for k in _keys(address, argument))
        if names_a_thing and value not in Kind.values:
            named[argument] = NOTHING if isinstance(value, int) else "n" * 22
    return named


def not_walked() -> list[str]:
    """Arguments behind which the walk would find nothing, and nobody said why."""
    made = _Nowhere()
    return [
        f"{address.name}:{argument}"
        for address in addresses()
        for argument in address.arguments
        if _leads_nowhere(address, argument, made)
        and not any(key in MORE for key in _keys(address, argument))
        and f"{address.name}:{argument}" not in NOTHING_BEHIND
    ]


class _Nowhere:
    """A world that has everything: only what leads past it, to nothing at all, shows."""

    def __getattr__(self, name: str) -> Any:
        return _Nowhere()

    def __getitem__(self, name: str) -> Any:
        return _Nowhere()


def _leads_nowhere(address: Address, argument: str, made: Any) -> bool:
    behind = address.behind(argument)
    if behind is None:
        return True
    try:
        return bool(behind(made) == NOTHING)
    except TypeError:
        return False


def _notices(made: Secret) -> list[int]:
    """What insiders were told, and what anybody was told of what is written in private."""
    inside = [made.people[name] for name, _role in INSIDERS]
    private = [f"conversation:{pk}" for pk in made.secret.conversations.values_list("pk", flat=True)]
    rows = Notice.objects.filter(Q(member__in=inside) | Q(subject__in=private))
    return list(rows.order_by("pk").values_list("pk", flat=True))
