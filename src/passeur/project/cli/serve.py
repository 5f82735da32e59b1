"""`passeur serve`: everything of one machine, until it is told to stop."""

import click

from passeur.foundation.terminal import gettext as _
from passeur.project.cli import setting
from passeur.project.cli.pages import page

port_option = click.option(
    "--port", envvar="PORT", type=click.IntRange(1, 65535), default=8000, show_default=True,
    show_envvar=True, help=_("Port d’écoute."),
)  # fmt: skip


@click.command(
    "serve",
    short_help=_("Servir Passeur : base privée, pages et tâches de fond."),
    help=page(
        _("Servir Passeur : base de données privée (sans DATABASE_URL), pages et tâches de fond ensemble."),
        _(
            "Ctrl-C ou SIGTERM arrête tout proprement, la base aussi. Un processus qui meurt "
            "repart ; s’il meurt "
            "sans cesse, tout s’arrête avec le code 1."
        ),
        _(
            "Passeur parle HTTP à un serveur mandataire qui parle https aux navigateurs et envoie "
            "X-Forwarded-Proto ; PASSEUR_ADDRESS donne l’adresse publique."
        ),
        examples=[
            ("passeur serve", _("sur cette machine seulement")),
            (
                "PASSEUR_ADDRESS=https://passeur.example.org passeur serve --migrate",
                _("derrière un mandataire"),
            ),
            ("passeur serve --workers 0", _("les pages seules ; « passeur worker » ailleurs")),
        ],
        prints=_("l’adresse quand /healthz répond 200, puis une ligne par requête, sans donnée personnelle."),
    ),
)
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Adresse d’écoute."))
@port_option
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help=_("Processus pour les pages."),
)
@click.option(
    "--threads", type=click.IntRange(1, 64), default=4, show_default=True,
    help=_("Fils d’exécution par processus ; chacun tient une connexion à la base."),
)  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(0, 64), default=1, show_default=True,
    help=_("Processus pour les tâches de fond."),
)  # fmt: skip
@click.option("--migrate", is_flag=True, help=_("Mettre d’abord les tables à jour."))
def command(host: str, port: int, processes: int, threads: int, workers: int, migrate: bool) -> None:
    from passeur.project.serve import house

    plan = house.Plan(host=host, port=port, processes=processes, threads=threads, workers=workers)
    with house.claimed(plan):
        with setting.database() as private:
            if migrate:
                from passeur.project import migrating

                migrating.migrate(tell=click.echo)
            house.serve(
                plan,
                private,
                announce=lambda: click.echo(
                    _("Passeur répond à {address} (Ctrl-C pour arrêter).").format(address=plan.address)
                ),
            )
        house.say_stopped()
