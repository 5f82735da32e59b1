"""A record store that stands: its tables, its months, and a client that may do everything."""

from __future__ import annotations

import os
import subprocess
from typing import Any

from ingest import PROGRAM


def a_client() -> Any:
    """Migrate, start Django, and make a client: what `records.services.create` gives (key and secret)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "passeur.project.settings")
    os.environ.setdefault("SECRET_KEY", "only for a benchmark, where nothing is secret, whatever it says")
    subprocess.run([*PROGRAM, "migrate"], check=True, stdout=subprocess.DEVNULL)
    import django

    django.setup()
    from django.utils import timezone

    from passeur.records import services
    from passeur.records.choices import Scope
    from passeur.records.models import Client
    from passeur.records.services import partitions

    partitions.make_ahead(timezone.now())
    made = services.create(name="Benchmark", scopes=[Scope.ALL], by=None)
    Client.objects.filter(pk=made.client.pk).update(per_minute=1_000_000)
    return made
