"""What most commands need: Django, in the language of the terminal, and a database that was checked."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from passeur.foundation import terminal
from passeur.foundation.postgres import checks, server
from passeur.foundation.terminal import gettext as _
from passeur.project import environment
from passeur.project.starting import uncollected


def django() -> None:
    """Start Django; it speaks the language of the terminal."""
    import django as framework
    from django.utils import translation

    with uncollected():
        framework.setup()
    translation.activate(terminal.language())


@contextmanager
def database(*, checked: bool = True) -> Iterator[server.Running | None]:
    """The database for the time of a command: `DATABASE_URL`'s, else the private server.

    Every process started meanwhile finds it in `DATABASE_URL`. Gives the private server, or None.
    """
    data_dir = environment.data_dir()
    if os.environ.get("DATABASE_URL"):
        if checked:
            checks.require(environment.database(data_dir))
        django()
        yield None
        return
    with server.running(data_dir) as private:
        tell_of_account(private)
        os.environ["DATABASE_URL"] = private.url
        try:
            if checked:
                checks.require(environment.database(data_dir))
            django()
            yield private
        finally:
            _close_connections()
            del os.environ["DATABASE_URL"]


def _close_connections() -> None:
    from django.apps import apps
    from django.db import connections

    if apps.ready:
        connections.close_all()


def tell_of_account(private: server.Running) -> None:
    """Started by root, the server runs as somebody else; that, and what it opened, must not be a surprise."""
    if private.account is None or not private.started:
        return
    click.echo(
        _(
            "Lancé par root, PostgreSQL tourne ici sous le compte « {account} » ; le dossier de "
            "données reste "
            "fermé aux autres comptes."
        ).format(account=private.account.name),
        err=True,
    )
    if private.opened:
        click.echo(
            _(
                "Pour l’y laisser passer, ces dossiers peuvent maintenant être traversés, pas lus : {list}"
            ).format(list=", ".join(map(str, private.opened))),
            err=True,
        )
