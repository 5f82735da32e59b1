"""/healthz: whether this Passeur can serve, for a proxy, a supervisor or a person."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponseBase, JsonResponse

from passeur.foundation import queue

PATH = "/healthz"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at, and what was found."""

    name: str
    ok: bool
    found: str


class HealthCheck:
    """Answers before hosts, sessions and https are looked at: a probe has none of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._migrated = False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path != PATH:
            return self.get_response(request)
        checks = self._checks()
        ok = all(check.ok for check in checks)
        body = {"ok": ok, "checks": {check.name: {"ok": check.ok, "found": check.found} for check in checks}}
        return JsonResponse(body, status=200 if ok else 503, headers={"Cache-Control": "no-store"})

    def _checks(self) -> list[Check]:
        try:
            database = _database()
            # Migrations do not go back while a process lives: once all are there, they stay.
            migrations = Check("migrations", True, "all applied") if self._migrated else _migrations()
            self._migrated = migrations.ok
            return [database, migrations, *([_jobs()] if migrations.ok else [])]
        except DatabaseError as error:
            connection.close()
            return [Check("database", False, type(error).__name__)]


def _database() -> Check:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version')")
        return Check("database", True, f"PostgreSQL {cursor.fetchone()[0]}")


def _migrations() -> Check:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Check("migrations", not waiting, f"{len(waiting)} waiting" if waiting else "all applied")


def _jobs() -> Check:
    state = queue.state()
    found = f"{state.due} due, the oldest for {state.lag:.0f} s; {state.workers} workers alive"
    return Check("jobs", not state.is_stuck, found)
