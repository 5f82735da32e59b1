"""`passeur records import`: statements from a file, or from another store."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from passeur.foundation.terminal import gettext as _
from passeur.project.cli import setting
from passeur.project.cli.outcome import Interrupted
from passeur.project.cli.pages import page
from passeur.project.cli.progress import bar

if TYPE_CHECKING:
    from passeur.records.services.importing import Told

SHOWN = 20  # refused lines that are told one by one
KEY, SECRET = "PASSEUR_LRS_KEY", "PASSEUR_LRS_SECRET"


@click.command(
    "import",
    short_help=_("Importer des traces d’un fichier ou d’un autre magasin."),
    help=page(
        _(
            "Importer des traces xAPI : un fichier JSON d’une trace par ligne ou d’un tableau de traces, "
            "compressé ou non (gzip) ; ou l’adresse d’un autre magasin de traces, lu par son API."
        ),
        _(
            "Une trace déjà enregistrée reste comme elle est : interrompu puis relancé, l’import reprend. "
            "Une trace qui n’est pas valable est refusée, et l’import continue."
        ),
        _(
            "D’un autre magasin, la clé et le secret viennent de PASSEUR_LRS_KEY et PASSEUR_LRS_SECRET, "
            "ou sont demandés ; relancer lit ce qui y est arrivé depuis la dernière fois."
        ),
        examples=[
            ("passeur records import statements.jsonl.gz", ""),
            ("passeur records import traces.jsonl --refused refus.txt", _("toutes les traces refusées")),
            ("passeur records import https://lrs.example.org/xapi/", _("tout un autre magasin")),
        ],
        prints=_("combien de traces sont nouvelles, déjà là, refusées, et pourquoi."),
    ),
)
@click.argument("source", metavar=_("FICHIER|ADRESSE"))
@click.option(
    "--refused", type=click.Path(dir_okay=False, path_type=Path),
    help=_("Fichier où écrire chaque trace refusée, avec sa raison."),
)  # fmt: skip
def command(source: str, refused: Path | None) -> None:
    is_address = source.startswith(("https://", "http://"))
    if not is_address and not Path(source).is_file():
        raise click.BadParameter(
            _("« {source} » n’est ni un fichier, ni une adresse en https://.").format(source=source)
        )
    with setting.database():
        from passeur.project import migrating

        migrating.require_done()
        try:
            told = _from_store(source) if is_address else _from_file(Path(source))
        except KeyboardInterrupt as stop:
            raise Interrupted(
                _("Interrompu : relancez, ce qui est déjà enregistré ne le sera pas deux fois.")
            ) from stop
    place = _("Trace {number} : {why}") if is_address else _("Ligne {number} : {why}")
    _say(told, refused, place)


def _from_file(path: Path) -> "Told":
    from passeur.records.services import importing

    with bar() as show:
        return importing.load(path, progress=lambda share: show(path.name, share))


def _from_store(address: str) -> "Told":
    from passeur.records.services import reading

    key = os.environ.get(KEY) or click.prompt(_("Clé"))
    secret = os.environ.get(SECRET) or click.prompt(_("Secret"), hide_input=True)
    return reading.load(
        address,
        key=key,
        secret=secret,
        told=lambda read: click.echo(_("{read} traces lues…").format(read=read), err=True),
    )


def _say(told: "Told", refused: Path | None, place: str) -> None:
    lines = [place.format(number=number, why=why) for number, why in [*told.refused, *told.left_out]]
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
    if told.contents or told.left_out:
        click.echo(
            _("Contenus de pièces jointes : {kept} ; laissés là-bas : {left}.").format(
                kept=told.contents, left=len(told.left_out)
            )
        )
