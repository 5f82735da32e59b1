"""`passeur records import`: statements from a file."""

from pathlib import Path

import click

from passeur.foundation.terminal import gettext as _
from passeur.project.cli import setting
from passeur.project.cli.outcome import Interrupted
from passeur.project.cli.pages import page
from passeur.project.cli.progress import bar

SHOWN = 20  # refused lines that are told one by one


@click.command(
    "import",
    short_help=_("Importer des traces d’un fichier."),
    help=page(
        _("Importer des traces xAPI : un fichier JSON d’une trace par ligne, compressé ou non (gzip)."),
        _(
            "Une trace déjà enregistrée reste comme elle est : interrompu puis relancé, l’import reprend. "
            "Une ligne qui n’est pas une trace valable est refusée, et l’import continue."
        ),
        examples=[
            ("passeur records import statements.jsonl.gz", ""),
            ("passeur records import traces.jsonl --refused refus.txt", _("toutes les lignes refusées")),
        ],
        prints=_("combien de traces sont nouvelles, déjà là, refusées, et pourquoi."),
    ),
)
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--refused", type=click.Path(dir_okay=False, path_type=Path),
    help=_("Fichier où écrire chaque ligne refusée, avec sa raison."),
)  # fmt: skip
def command(source: Path, refused: Path | None) -> None:
    with setting.database():
        from passeur.project import migrating
        from passeur.records.services import importing

        migrating.require_done()
        try:
            with bar() as show:
                told = importing.load(source, progress=lambda share: show(source.name, share))
        except KeyboardInterrupt as stop:
            raise Interrupted(
                _("Interrompu : relancez, ce qui est déjà enregistré ne le sera pas deux fois.")
            ) from stop
    lines = [_("Ligne {number} : {why}").format(number=number, why=why) for number, why in told.refused]
    for line in lines[:SHOWN]:
        click.echo(line, err=True)
    if len(lines) > SHOWN and refused is None:
        click.echo(_("… --refused FICHIER les donne toutes."), err=True)
    if refused is not None:
        refused.write_text("".join(f"{line}\n" for line in lines))
    click.echo(
        _("Traces lues : {read} ; nouvelles : {new} ; déjà là : {known} ; refusées : {refused}.").format(
            read=told.read, new=told.new, known=told.known, refused=len(told.refused)
        )
    )
