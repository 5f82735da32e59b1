"""What the database knows of this Passeur's health: work waiting, connections, versions, the last backup.

No figure is about a person, and none is of a part of a community.
"""

import platform
from collections.abc import Iterator
from importlib import metadata
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric

from passeur.foundation import queue
from passeur.notifications import queries as notifications
from passeur.project.backup import last

_CONNECTIONS = """
SELECT coalesce(state, 'other'), count(*) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid() GROUP BY 1 ORDER BY 1
"""
_DATABASE = """
SELECT current_setting('server_version'), current_setting('max_connections')::int,
       pg_database_size(current_database())
"""


class Health:
    """A collector for Prometheus' client; asks when it is asked."""

    def collect(self) -> Iterator[Metric]:
        yield from _backup()
        up = GaugeMetricFamily("passeur_database_up", "Whether the database answers (1) or not (0).")
        try:
            found = [*_versions_and_sizes(), *_connections(), *_jobs(), *_mail()]
        except DatabaseError:
            connection.close()
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield from found


def _rows(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _versions_and_sizes() -> Iterator[Metric]:
    [(server, most, size)] = _rows(_DATABASE)
    info = InfoMetricFamily("passeur_build", "Versions of Passeur, of Python and of PostgreSQL.")
    info.add_metric(
        [],
        {
            "version": metadata.version("passeur"),
            "python": platform.python_version(),
            "postgresql": str(server).split(" ", 1)[0],
        },
    )
    yield info
    yield GaugeMetricFamily("passeur_database_size_bytes", "Size of the database on its disk.", value=size)
    yield GaugeMetricFamily(
        "passeur_database_connections_max", "Connections that the server allows.", value=most
    )


def _connections() -> Iterator[Metric]:
    family = GaugeMetricFamily(
        "passeur_database_connections", "Connections to the database, by state.", labels=["state"]
    )
    for state, count in _rows(_CONNECTIONS):
        family.add_metric([state], count)
    yield family


def _jobs() -> Iterator[Metric]:
    names = {
        "waiting": "Background jobs that are due.",
        "scheduled": "Background jobs for later, those that are tried again among them.",
        "failed": "Background jobs that were given up.",
        "oldest_seconds": "How long the oldest due job has waited.",
    }
    families = {
        name: GaugeMetricFamily(f"passeur_jobs_{name}", words, labels=["queue"])
        for name, words in names.items()
    }
    for line in queue.lines():
        figures = (line.waiting, line.scheduled, line.failed, line.oldest)
        for family, figure in zip(families.values(), figures, strict=True):
            family.add_metric([line.name], figure)
    yield from families.values()
    yield GaugeMetricFamily(
        "passeur_workers_alive", "Processes that do background jobs.", value=queue.state().workers
    )


def _mail() -> Iterator[Metric]:
    waiting, oldest = notifications.post_waiting()
    yield GaugeMetricFamily("passeur_letters_waiting", "Letters due that have not left.", value=waiting)
    yield GaugeMetricFamily(
        "passeur_letters_oldest_seconds", "How long the oldest due letter has waited.", value=oldest
    )


def _backup() -> Iterator[Metric]:
    """Absent where none was made: an alarm asks with `absent()`."""
    family = GaugeMetricFamily("passeur_backup_age_seconds", "Time since the last backup made here.")
    if (made := last.last(settings.DATA_DIR)) is not None:
        family.add_metric([], made.age())
    yield family
