"""Our reading of templates (`foundation.templating`, `quick`, `pure`) says what Django's own would say.

Every address, to an LCM, who is shown the most, with our loader and with Django's; and every template without
values, which says the same, or fails in the same way.
"""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.template import Context, Engine
from django.test import Client, override_settings

import passeur
from passeur.foundation import pure, woven
from tests.architecture.test_every_address import signed_in_as, url_of
from tests.architecture.world import World, addresses, build

SOURCE = Path(passeur.__file__).parent
NAMES = sorted(
    str(path.relative_to(folder))
    for folder in SOURCE.glob("*/templates")
    for path in folder.rglob("*.*")
    if path.suffix in {".html", ".txt"}
)
# What is drawn at random, signed, or of the moment: another one each time.
PASSING = re.compile(
    r'(?<==")[^"]{40,}(?=")|(?<=>)[A-Z2-7 ]{30,}(?=<)|(?<=data:)[^"]*|\d{4}-\d\d-\d\dT[\d:.+]*'
    r"|à l’instant|il y a \d+\smin"
)


def with_djangos() -> list[dict[str, Any]]:
    """The settings of templates with Django's loaders."""
    templates: list[dict[str, Any]] = deepcopy(settings.TEMPLATES)
    inner = ["django.template.loaders.app_directories.Loader"]
    templates[0]["OPTIONS"]["loaders"] = [("django.template.loaders.cached.Loader", inner)]
    return templates


def pages(world: World, client: Client) -> dict[str, str]:
    """By address, what one reads there."""
    read = {}
    for address in addresses():
        url = url_of(address, world)
        with transaction.atomic():  # what a page marks as read is new again for the next reading
            answer = client.get(url)
            transaction.set_rollback(True)
        if answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html"):
            read[url] = re.sub(r"\s+", " ", PASSING.sub("", answer.content.decode()))
    return read


def apart(url: str, one: str, other: str) -> tuple[str, str, str]:
    """Where two readings of a page part."""
    place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return url, one[place - 60 : place + 60], other[place - 60 : place + 60]


@pytest.mark.django_db
def test_every_page_says_what_djangos_templates_would_say():
    world = build()
    client = signed_in_as("lcm", world)
    ours, kept = pages(world, client), pages(world, client)
    with override_settings(TEMPLATES=with_djangos()):
        pure.forget()
        theirs = pages(world, client)
    pure.forget()
    assert len(ours) > 20
    assert ours.keys() == kept.keys() == theirs.keys()
    readings = [(url, ours[url], other[url]) for other in (kept, theirs) for url in ours]
    differing = [apart(*reading) for reading in readings if reading[1] != reading[2]]
    assert not differing, "\n".join(map(str, differing))


def engine(loaders: list[Any]) -> Engine:
    templates: list[Any] = settings.TEMPLATES
    options = templates[0]["OPTIONS"]
    return Engine(app_dirs=False, loaders=loaders, builtins=options["builtins"], libraries=libraries())


def libraries() -> dict[str, str]:
    from django.template.backends.django import get_installed_libraries

    return get_installed_libraries()


@pytest.mark.django_db
def test_every_template_without_values_says_or_fails_the_same():
    plain = ["django.template.loaders.app_directories.Loader"]
    ours, theirs = engine([("passeur.foundation.templating.Loader", plain)]), engine(plain)
    differing = []
    for name in NAMES:
        said: list[str] = []
        for reads in (ours, theirs):
            try:
                said.append(reads.get_template(name).render(Context({"request": None})))
            except Exception as failure:
                said.append(type(failure).__name__)
        if said[0] != said[1]:
            differing.append((name, said[0][:80], said[1][:80]))
    assert len(NAMES) > 150
    assert differing == []


def test_every_template_is_drawn_by_a_function_of_its_own():
    plain = ["django.template.loaders.app_directories.Loader"]
    ours = engine([("passeur.foundation.templating.Loader", plain)])
    for name in NAMES:
        assert callable(woven.written(ours.get_template(name).nodelist, name))
