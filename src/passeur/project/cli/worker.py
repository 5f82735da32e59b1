"""`passeur worker`: background work alone, beside or far from the pages."""

import click

from passeur.foundation.terminal import gettext as _
from passeur.project.cli import setting
from passeur.project.cli.pages import page


@click.command(
    "worker",
    short_help=_("Faire les tâches de fond, sans les pages."),
    help=page(
        _("Faire les tâches de fond : notifications, relances, mesures."),
        _(
            "« serve » en lance déjà un. Il en faut d’autres quand la file s’allonge (« passeur "
            "doctor » le dit), "
            "ou sur une autre machine avec la même DATABASE_URL."
        ),
        _("Ctrl-C ou SIGTERM : les tâches commencées sont finies, les autres restent dans la file."),
        examples=[
            ("passeur worker", _("jusqu’à Ctrl-C")),
            ("passeur worker --until-empty", _("vider la file puis sortir")),
            ("passeur worker --queue indexing", _("la recherche seulement, quand un import l’encombre")),
        ],
        prints=_("une ligne au début et une à la fin."),
    ),
)
@click.option(
    "--concurrency",
    type=click.IntRange(1, 32),
    default=2,
    show_default=True,
    help=_("Tâches menées de front."),
)
@click.option("--until-empty", is_flag=True, help=_("Sortir quand la file est vide."))
@click.option("--queue", "queues", multiple=True, help=_("Cette file seulement (on peut la répéter)."))
def command(concurrency: int, until_empty: bool, queues: tuple[str, ...]) -> None:
    with setting.database():
        from passeur.project import migrating
        from passeur.project.serve.work import work

        migrating.require_done()
        click.echo(_("Les tâches de fond sont prises en charge (Ctrl-C pour arrêter)."))
        work(concurrency=concurrency, until_empty=until_empty, queues=queues)
        click.echo(_("Arrêté ; ce qui reste est dans la file."))
