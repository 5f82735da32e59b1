"""The web child: granian over ASGI. What it serves is `application`, made in each of its processes."""

import os
import resource

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from passeur.project import environment, logs
from passeur.project.serve import leaving
from passeur.project.serve.lifeline import end_with_parent
from passeur.project.starting import uncollected

OPEN = 8_192  # requests under way in one process, streams of live updates with them


def serve(*, host: str, port: int, processes: int, threads: int) -> None:
    """Serve until told to stop; requests under way are finished first."""
    # Where processes are made by forking, they start with all of Django already there, and share it.
    os.environ["PASSEUR_THREADS"] = str(threads)
    _allow_many_files()
    _load()
    server = Granian(
        "passeur.project.serve.web:make_application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=processes,
        backlog=1024,
        backpressure=OPEN,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=logs.of_granian(environment.log_format()),
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=5,
    )
    server.on_startup(leaving.prepare())
    server.serve()


def make_application() -> object:
    """Django, in a process that ends when granian's own does, even if that one was killed."""
    end_with_parent(os.getppid())
    return _load()


def _load() -> object:
    with uncollected():
        from django.urls import get_resolver

        from passeur.project.asgi import application

        get_resolver().url_patterns  # noqa: B018 - reads every room's addresses, hence its views
    return application


def _allow_many_files() -> None:
    """An open page holds a socket, and what many systems allow at first is 1,024."""
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN + 512 if most == resource.RLIM_INFINITY else min(most, OPEN + 512)
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
