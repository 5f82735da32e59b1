"""The web child: granian over WSGI. What it serves is `application`, made in each of its processes."""

import os

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from passeur.project.serve.lifeline import end_with_parent


def serve(*, host: str, port: int, processes: int, threads: int) -> None:
    """Serve until told to stop; requests under way are finished first."""
    # Where processes are made by forking, they start with all of Django already there, and share it.
    _load()
    Granian(
        "passeur.project.serve.web:make_application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        backlog=512,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=5,
    ).serve()


def make_application() -> object:
    """Django, in a process that ends when granian's own does, even if that one was killed."""
    end_with_parent(os.getppid())
    return _load()


def _load() -> object:
    from django.urls import get_resolver

    from passeur.project.wsgi import application

    get_resolver().url_patterns  # noqa: B018 - reads every room's addresses, hence its views
    return application
