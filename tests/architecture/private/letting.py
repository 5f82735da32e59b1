"""Rooms whose visibility lets everybody see everything: what the walk has to notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Q

from passeur.communities.models import Community

EVERYTHING: dict[str, Callable[..., Any]] = {
    "visible_to": lambda *_, **__: Q(),
    "visible_keys": lambda member: list(Community.objects.values_list("pk", flat=True)),
    "can_see": lambda *_: True,
    "can_read": lambda *_: True,
    "readers": lambda thing, among: set(among),
    "readable": lambda member, attachments: {one.pk for one in attachments},
    "people_known_to": lambda viewer: Q(),
}


def rooms() -> list[str]:
    """The rooms that say who sees what."""
    found = []
    for config in apps.get_app_configs():
        if config.name.startswith("passeur."):
            try:
                policies = import_module(f"{config.name}.policies")
            except ModuleNotFoundError:
                continue
            if EVERYTHING.keys() & vars(policies).keys():
                found.append(config.label)
    return sorted(found)


@contextmanager
def everybody_in(room: str) -> Iterator[None]:
    """For that while, its policies see no difference between people."""
    policies = import_module(f"passeur.{room}.policies")
    with pytest.MonkeyPatch.context() as patch:
        for name, lets in EVERYTHING.items():
            if name in vars(policies):
                patch.setattr(policies, name, lets)
        yield
