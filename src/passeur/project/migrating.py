"""Migrating, one process at a time, and saying where it stands."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor

from passeur.foundation.errors import PasseurError
from passeur.foundation.terminal import gettext as _

# Any number will do, as long as nobody else takes the same: "passeur" in ASCII, shortened to 31 bits.
LOCK = 0x50415353


class MigrationStopped(PasseurError):
    def __init__(self, name: str, detail: str, done: int) -> None:
        super().__init__(
            _(
                "La migration {name} s’est arrêtée : {detail} Elle n’a rien laissé, les {done} d’avant sont "
                "faites ; corrigez la cause puis relancez « passeur migrate »."
            ).format(name=name, detail=detail.rstrip(".") + ".", done=done)
        )


class DatabaseAhead(PasseurError):
    def __init__(self, names: list[str]) -> None:
        super().__init__(
            _(
                "Cette base a été mise à jour par un Passeur plus récent ({names}) : installez "
                "cette version, ou "
                "rendez à la base une sauvegarde d’avant."
            ).format(names=", ".join(names[:3]))
        )


class HistoryBroken(PasseurError):
    def __init__(self, detail: str) -> None:
        super().__init__(
            _(
                "L’historique des migrations de cette base se contredit ({detail}) : rendez-lui "
                "une sauvegarde, "
                "ou partez d’une base vide."
            ).format(detail=detail)
        )


class MigrationsWaiting(PasseurError):
    def __init__(self, count: int) -> None:
        super().__init__(
            _(
                "{count} migrations attendent sur cette base : lancez « passeur migrate » d’abord "
                "(ou « passeur serve --migrate »)."
            ).format(count=count)
        )


def waiting() -> list[str]:
    """The names of the migrations still to do, in order (`skills.0002_synonyms`)."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def require_done() -> None:
    """Refuse to go on with a database that is behind this version, or ahead of it."""
    _require_not_ahead()
    if names := waiting():
        raise MigrationsWaiting(len(names))


def migrate(tell: Callable[[str], None]) -> list[str]:
    """Do what is waiting; gives back the names of what was done."""
    with _alone(tell):
        _require_not_ahead()
        planned = waiting()
        if not planned:
            return []
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except InconsistentMigrationHistory as error:
            raise HistoryBroken(str(error)) from error
        except DatabaseError as error:
            connection.close()
            left = waiting()
            detail = " ".join(str(error).split("\n", 1)[0].split())
            raise MigrationStopped(left[0] if left else "?", detail, len(planned) - len(left)) from error
        for line in _by_room(planned):
            tell(line)
        return planned


def _by_room(names: list[str]) -> list[str]:
    """`  skills: 0001_initial … 0004_synonyms (4)`, a line for each room."""
    rooms: dict[str, list[str]] = {}
    for name in names:
        room, migration = name.split(".", 1)
        rooms.setdefault(room, []).append(migration)
    return [
        f"  {room}: {done[0]}" + (f" … {done[-1]} ({len(done)})" if len(done) > 1 else "")
        for room, done in rooms.items()
    ]


def _require_not_ahead() -> None:
    """A database that knows migrations of our rooms which this version does not have is of a newer one."""
    loader = MigrationExecutor(connection).loader
    ours = {label for label, _name in loader.disk_migrations}
    unknown = [
        key for key in loader.applied_migrations if key[0] in ours and key not in loader.disk_migrations
    ]
    replaced = {old for migration in loader.disk_migrations.values() for old in migration.replaces}
    if ahead := [f"{label}.{name}" for label, name in sorted(unknown) if (label, name) not in replaced]:
        raise DatabaseAhead(ahead)


@contextmanager
def _alone(tell: Callable[[str], None]) -> Iterator[None]:
    """Hold the database's own lock for migrating; it goes with the connection, even of a killed process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            tell(_("Un autre « passeur migrate » est à l’œuvre ; j’attends qu’il finisse…"))
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
