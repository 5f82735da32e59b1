"""`passeur records distribute`: the store over several machines."""

import click

from passeur.foundation.errors import PasseurError
from passeur.foundation.terminal import gettext as _
from passeur.project.cli import setting
from passeur.project.cli.pages import page
from passeur.project.cli.progress import bar


@click.command(
    "distribute",
    short_help=_("Répartir le magasin de traces sur plusieurs machines."),
    help=page(
        _("Répartir les grandes tables du magasin de traces sur les machines d’un cluster Citus."),
        _(
            "DATABASE_URL désigne le coordinateur. Qui écrit dans une table attend que ses lignes soient "
            "déplacées ; lire reste possible. Relancée, la commande reprend où elle s’est arrêtée."
        ),
        examples=[("passeur records distribute", ""), ("passeur records distribute --parts 32", "")],
        prints=_("les tables réparties, et sur combien de nœuds."),
    ),
)
@click.option(
    "--parts",
    type=click.IntRange(1, 1_000),
    help=_(
        "En combien de parts couper chaque table (sans quoi : 4 par nœud, 8 au moins). Peu de parts "
        "s’écrivent plus vite ; il en faut autant que de nœuds un jour."
    ),
)
def command(parts: int | None) -> None:
    with setting.database():
        from passeur.project import migrating
        from passeur.records.services import distributing

        migrating.require_done()
        try:
            distributing.require_citus()
        except distributing.NoCitus as error:
            raise PasseurError(_lacking(can_be_made=error.can_be_made)) from error
        with bar() as show:
            told = distributing.distribute(parts=parts, tell=show)
    click.echo(
        _("Tables réparties : {now} ; l’étaient déjà : {before} ; nœuds : {nodes}.").format(
            now=", ".join(told.now) or "0", before=len(told.before), nodes=told.nodes
        )
    )


def _lacking(*, can_be_made: bool) -> str:
    if can_be_made:
        return _(
            "Citus est installé mais pas dans cette base : exécutez-y CREATE EXTENSION citus en "
            "administrateur, ajoutez les nœuds (citus_add_node), puis recommencez."
        )
    return _(
        "Ce serveur PostgreSQL n’a pas l’extension Citus : installez-la et ajoutez-la à "
        "shared_preload_libraries, ou restez sur une machine, où rien n’est à répartir."
    )
