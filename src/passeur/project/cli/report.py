"""`passeur report`: what the sponsors of a community receive, on the terminal or as a PDF."""

from pathlib import Path

import click

from passeur.foundation.terminal import gettext as _
from passeur.project.cli import setting
from passeur.project.cli.pages import page


@click.command(
    "report",
    short_help=_("Lire le rapport mensuel d’une communauté."),
    help=page(
        _("Le rapport d’un mois d’une communauté, comme ses destinataires le reçoivent ; rien n’est envoyé."),
        _(
            "COMMUNITY est l’identifiant de la communauté, celui de son adresse. Le rapport est en français "
            "ou en anglais, comme le terminal, sauf avec --language."
        ),
        examples=[
            ("passeur report atelier", _("le dernier mois terminé")),
            ("passeur report atelier --month 2026-03 --pdf mars.pdf", _("mars, en PDF accessible")),
        ],
        prints=_("le rapport en texte, ou le fichier écrit."),
    ),
)
@click.argument("community")
@click.option("--month", default="", metavar="YYYY-MM", help=_("Un des douze derniers mois terminés."))
@click.option("--pdf", "file", type=click.Path(dir_okay=False, path_type=Path), help=_("Écrire ce PDF."))
@click.option("--language", type=click.Choice(["fr", "en"]), help=_("Langue du rapport."))
def command(community: str, month: str, file: Path | None, language: str | None) -> None:
    with setting.database():
        from django.utils import timezone, translation

        from passeur.foundation import printing
        from passeur.project import migrating
        from passeur.sponsors import queries, services

        migrating.require_done()
        with translation.override(language or translation.get_language()):
            made = services.report_of(community, queries.parse(month, timezone.localdate()))
            if file is None:
                click.echo(services.as_text(made))
                return
            file.write_bytes(printing.pdf(queries.paper(made)))
        click.echo(_("Écrit : {file}").format(file=file))
