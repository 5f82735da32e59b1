"""`passeur restore`: an empty place, filled from an archive of `passeur backup`."""

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
    "restore",
    short_help=_("Remplir un endroit vide depuis une sauvegarde."),
    help=page(
        _("Remplir un endroit vide depuis une sauvegarde : un DATA_DIR et une base où il n’y a rien."),
        _(
            "L’archive est d’abord vérifiée en entier. Une sauvegarde plus ancienne est mise à jour, une "
            "plus récente refusée. Ce qui s’arrête en chemin ne laisse rien."
        ),
        _(
            "Qui a été effacé depuis la sauvegarde l’est à nouveau : le registre des effacements est lu dans "
            "DATA_DIR, à côté de l’archive, ou avec --erasures."
        ),
        examples=[
            ("DATA_DIR=/srv/neuf passeur restore passeur-20261128T030000Z.zip", ""),
            ("passeur restore vieille.zip --erasures registre.jsonl", _("avec un registre plus récent")),
        ],
        prints=_("ce qui a été restauré, les mises à jour faites, combien de personnes ont été effacées."),
    ),
)
@click.argument("archive", metavar=_("ARCHIVE"), type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--erasures", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("Un registre des effacements (on peut la répéter)."),
)  # fmt: skip
@click.option("--no-erasures", is_flag=True, help=_("Personne n’a été effacé depuis cette sauvegarde."))
@click.option("--other-key", is_flag=True, help=_("Restaurer sans la clé secrète d’alors, qui est perdue."))
def command(archive: Path, erasures: tuple[Path, ...], no_erasures: bool, other_key: bool) -> None:
    from passeur.project.backup import errors, reading, restoring

    data_dir = environment.data_dir()
    with reading.opened(archive) as content, bar() as show:
        known = restoring.ledgers(erasures, beside=archive.resolve().parent, data_dir=data_dir)
        if not known and not no_erasures:
            raise errors.NoLedger
        content.verify(show)
        try:
            with restoring.place(content, data_dir=data_dir, other_key=other_key), setting.database():
                made = restoring.restore(content, data_dir=data_dir, ledgers=known, tell=show)
        except KeyboardInterrupt as stop:
            raise Interrupted(_("Interrompu : rien n’a été restauré, l’endroit est resté vide.")) from stop
        at = content.manifest.made_at[:16].replace("T", " ")
    click.echo(
        ngettext(
            "Restauré tel que c’était le {at} UTC : {rows} lignes, {files} fichier.",
            "Restauré tel que c’était le {at} UTC : {rows} lignes, {files} fichiers.",
            made.files,
        ).format(at=at, rows=made.rows, files=made.files)
    )
    if made.migrated:
        click.echo(_("Mis à jour : {count} migrations faites.").format(count=len(made.migrated)))
    click.echo(_("Effacés à nouveau : {count}.").format(count=made.erased))
    click.echo(_("Lancez « passeur doctor », puis « passeur serve »."))
