"""`passeur backup`: the database and the kept files, in one archive."""

from pathlib import Path

import click

from passeur.foundation.terminal import gettext as _
from passeur.foundation.terminal import ngettext
from passeur.project import environment
from passeur.project.cli import setting
from passeur.project.cli.outcome import Interrupted
from passeur.project.cli.pages import page
from passeur.project.cli.progress import bar


@click.command(
    "backup",
    short_help=_("Sauvegarder la base et les fichiers dans une archive."),
    help=page(
        _("Sauvegarder la base et les fichiers dans une archive, pendant que Passeur sert ou non."),
        _(
            "OÙ est un fichier qui n’existe pas encore, ou un dossier : l’archive y prend le nom de "
            "l’instant. Elle n’a son nom qu’une fois entière, et ne se lit que par ce compte. Elle contient "
            "la clé secrète du dossier de données : gardez-la comme un mot de passe."
        ),
        _(
            "À côté, passeur-erasures.jsonl dit par leur numéro qui a été effacé : une restauration ne les "
            "fait pas revenir. Ce registre n’a le nom de personne."
        ),
        examples=[
            ("passeur backup /srv/sauvegardes", _("une archive de plus")),
            ("passeur backup /srv/sauvegardes --keep 14", _("et seulement les quatorze dernières")),
            ("passeur backup avant.zip", _("avant une mise à jour")),
        ],
        prints=_("le nom de l’archive, sa taille, et celles qui ont été retirées."),
    ),
)
@click.argument("where", metavar=_("OÙ"), type=click.Path(path_type=Path))
@click.option(
    "--keep", type=click.IntRange(1), default=None,
    help=_("Combien d’archives laisser dans le dossier ; les plus anciennes sont retirées."),
)  # fmt: skip
def command(where: Path, keep: int | None) -> None:
    if keep is not None and not where.is_dir():
        raise click.UsageError(_("--keep demande un dossier : donnez celui où sont les sauvegardes."))
    with setting.database():
        from django.conf import settings

        from passeur.accounts import services
        from passeur.project import migrating
        from passeur.project.backup import making

        try:
            with bar() as show:
                made = making.make(
                    where, data_dir=environment.data_dir(), key=settings.SECRET_KEY, keep=keep, tell=show
                )
        except KeyboardInterrupt as stop:
            raise Interrupted(_("Interrompu : aucune sauvegarde n’a été faite, rien n’est resté.")) from stop
        if not migrating.waiting():
            services.note_erasures(settings.ERASURES, made.path.parent / settings.ERASURES.name)
    click.echo(
        ngettext(
            "Sauvegarde faite : {path} ({size} Mo, {rows} lignes, {files} fichier).",
            "Sauvegarde faite : {path} ({size} Mo, {rows} lignes, {files} fichiers).",
            len(made.manifest.parts) - 1,
        ).format(
            path=made.path,
            size=round(made.size / 2**20, 1),
            rows=sum(made.manifest.tables.values()),
            files=len(made.manifest.parts) - 1,
        )
    )
    for path in made.removed:
        click.echo(_("Retirée : {path}").format(path=path))
