"""All of one machine, from a checked port to the last process stopped."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click

from passeur.foundation.postgres import folder, server
from passeur.foundation.terminal import gettext as _
from passeur.project import environment
from passeur.project.backup import restoring
from passeur.project.serve import claims
from passeur.project.serve.supervisor import Child, Supervisor, health, surroundings


@dataclass(frozen=True, slots=True)
class Plan:
    """How many of what, and where."""

    host: str = "127.0.0.1"
    port: int = 8000
    processes: int = 2
    threads: int = 4
    workers: int = 1
    concurrency: int = 2

    @property
    def address(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def children(self) -> list[Child]:
        web = ["web", "--host", self.host, "--port", str(self.port)]
        web += ["--processes", str(self.processes), "--threads", str(self.threads)]
        working = ["worker", "--concurrency", str(self.concurrency)]
        names = [_("tâches {number}").format(number=number + 1) for number in range(self.workers)]
        return [Child(_("pages"), web), *(Child(name, working) for name in names)]


@contextmanager
def claimed(plan: Plan) -> Iterator[None]:
    """Hold the port's and the data folder's claim, before anything is started."""
    claims.require_port(plan.host, plan.port)
    data_dir = environment.data_dir()
    folder.prepare(data_dir)
    restoring.require_finished(data_dir)
    with claims.data_folder(data_dir, plan.address):
        yield


def serve(plan: Plan, private: server.Running | None, *, announce: Callable[[], None]) -> None:
    """Serve until told to stop. The database is there; Django is started."""
    from passeur.project import migrating
    from passeur.project.metrics import counted
    from passeur.project.serve import static

    migrating.require_done()
    static.collect()
    data_dir = environment.data_dir()
    supervisor = Supervisor(
        plan.children(),
        environment=surroundings(
            PASSEUR_HASHED_STATIC="1", **{counted.FOLDER: str(counted.prepare(data_dir))}
        ),
        database_lives=lambda: private is None or server.is_alive(data_dir, private.pid),
        tell=lambda line: click.echo(line, err=True),
    )
    supervisor.run(ready=lambda: health(plan.host, plan.port), announce=announce)


def say_stopped() -> None:
    """The last line, once the database has stopped too."""
    click.echo(_("Passeur est arrêté ; tout est gardé dans {folder}.").format(folder=environment.data_dir()))
