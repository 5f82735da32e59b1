"""`passeur migrate`: bring the tables of the database to what this version needs."""

import click

from passeur.foundation.terminal import gettext as _
from passeur.project.cli import setting
from passeur.project.cli.pages import page


@click.command(
    "migrate",
    short_help=_("Mettre les tables de la base à jour."),
    help=page(
        _("Mettre les tables de la base à jour pour cette version de Passeur."),
        _(
            "Deux « migrate » ne tournent jamais ensemble : le second attend. Une migration qui "
            "échoue ne laisse "
            "rien derrière elle ; celles d’avant restent faites, et relancer reprend où l’on en était."
        ),
        examples=[
            ("passeur migrate", _("sur la base privée du dossier de données")),
            ("DATABASE_URL=postgresql://… passeur migrate", _("sur un serveur")),
        ],
        prints=_("chaque migration faite, ou qu’il n’y avait rien à faire."),
    ),
)
def command() -> None:
    with setting.database():
        from passeur.project.migrating import migrate

        done = migrate(tell=click.echo)
        if done:
            click.echo(_("Base à jour : {count} migrations faites.").format(count=len(done)))
        else:
            click.echo(_("Base à jour : rien à faire."))
