"""`passeur doctor`: what is wrong with this set-up, and what to do."""

import os
from collections.abc import Callable, Iterator
from functools import partial

import click

from passeur.foundation.errors import PasseurError
from passeur.foundation.postgres import places
from passeur.foundation.terminal import gettext as _
from passeur.project import environment
from passeur.project.cli import setting
from passeur.project.cli.pages import page
from passeur.project.cli.serve import port_option
from passeur.project.doctor.finding import Finding, Verdict, note, wrong


@click.command(
    "doctor",
    short_help=_("Dire ce qui ne va pas dans cette installation, et quoi faire."),
    help=page(
        _("Dire ce qui ne va pas dans cette installation, et quoi faire."),
        _(
            "Regarde Python et les paquets, le dossier de données et le disque, le port, la base "
            "(version, codage, "
            "droits, extensions, migrations), les tâches de fond, la dernière sauvegarde, l’adresse, les "
            "secrets, le courrier. Ne change rien."
        ),
        examples=[
            ("passeur doctor", ""),
            ("PASSEUR_ADDRESS=https://passeur.example.org passeur doctor", _("avant d’ouvrir aux autres")),
        ],
        prints=_("une ligne par chose regardée : ✓ bien, – à savoir, ✗ à corriger, avec quoi faire."),
        codes={0: _("rien à corriger"), 1: _("quelque chose à corriger")},
    ),
)
@port_option
def command(port: int) -> int:
    faults = 0
    for finding in _findings(port):
        click.echo(finding.line())
        faults += finding.verdict is Verdict.WRONG
    return 1 if faults else 0


def _findings(port: int) -> Iterator[Finding]:
    from passeur.project.doctor import machine

    data_dir = environment.data_dir()
    yield from machine.python()
    yield from machine.packages()
    yield from machine.folder(data_dir)
    yield from machine.port(data_dir, port)
    try:
        environment.address()
        environment.mail()
        described = environment.database(data_dir)
    except PasseurError as problem:
        yield wrong(_("Réglage illisible"), str(problem))
        return
    if not os.environ.get("DATABASE_URL") and not (places.cluster(data_dir) / "PG_VERSION").exists():
        yield note(
            _("Base de données privée : pas encore faite"),
            _("« passeur demo » ou « passeur migrate » la feront."),
        )
        yield from _site()
        return
    try:
        from passeur.project.doctor import data

        with setting.database(checked=False):
            yield from _data(environment.database(data_dir))
            yield from data.backups(data_dir)
            yield from _site()
    except PasseurError as problem:
        yield from _unusable(described, problem)


def _data(described: dict[str, object]) -> Iterator[Finding]:
    from passeur.project.doctor import data

    # Each asks what the one before it must have found well.
    looks: list[Callable[[], Iterator[Finding]]] = [
        partial(data.server, described),
        data.migrations,
        data.jobs,
        data.post,
    ]
    for look in looks:
        found = list(look())
        yield from found
        if any(finding.verdict is Verdict.WRONG for finding in found):
            return


def _site() -> Iterator[Finding]:
    from django.conf import settings

    from passeur.project.doctor import site

    setting.django()
    yield from site.address(settings)
    yield from site.mail(settings)
    yield from site.static_files(settings)


def _unusable(described: dict[str, object], problem: PasseurError) -> Iterator[Finding]:
    """The database was refused before Django could start: say all that is wrong with it."""
    from passeur.project.doctor import data

    if os.environ.get("DATABASE_URL"):
        yield from (finding for finding in data.server(described) if finding.verdict is not Verdict.NOTE)
    else:
        yield wrong(_("Base de données privée inutilisable"), str(problem))
