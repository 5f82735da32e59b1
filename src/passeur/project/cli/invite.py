"""`passeur invite`: many people at once, from a file, checked first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from passeur.foundation.terminal import gettext as _
from passeur.foundation.terminal import ngettext
from passeur.project.cli import setting
from passeur.project.cli.outcome import Interrupted
from passeur.project.cli.pages import page
from passeur.project.cli.progress import bar

if TYPE_CHECKING:
    from passeur.administration.models import Batch


@click.command(
    "invite",
    short_help=_("Inviter les personnes d’un fichier CSV."),
    help=page(
        _(
            "Inviter les personnes d’un fichier CSV, aux colonnes adresse, nom, communauté, rôle, langue "
            "(titres en français ou en anglais ; virgules ou points-virgules ; UTF-8 ou ce qu’Excel écrit)."
        ),
        _(
            "Chaque ligne est d’abord jugée : sera invitée, déjà membre, déjà invitée, adresse impossible… "
            "Avec --dry-run, rien d’autre ne se passe. Le courrier part par les tâches de fond. "
            "Interrompue puis relancée avec le même fichier, la commande n’invite personne deux fois."
        ),
        examples=[
            ("passeur invite personnes.csv --dry-run", _("ce qui se passerait, ligne par ligne")),
            (
                "passeur invite personnes.csv --as ines@example.org",
                _("au nom d’Inès, qui administre Passeur"),
            ),
            ("passeur invite personnes.csv --community atelier", _("pour les lignes qui n’en disent pas")),
        ],
        prints=_("chaque ligne et ce qu’elle donne, puis combien de chaque sorte."),
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help=_("Dire ce qui se passerait, et ne rien faire."))
@click.option("--as", "email", help=_("Adresse de qui invite ; inutile quand une seule personne administre."))
@click.option("--community", help=_("Identifiant de la communauté des lignes qui n’en disent pas."))
def command(file: Path, dry_run: bool, email: str | None, community: str | None) -> None:
    content = file.read_bytes()
    with setting.database():
        from passeur.project import bulk, migrating

        migrating.require_done()
        batch = bulk.check(content, email=email, community=community, keep=not dry_run, tell=_tell)
        if dry_run:
            click.echo(_("Rien n’a été fait. Sans --dry-run, ces lignes le seront."))
            return
        if batch is not None:
            _carry_out(batch)


def _tell(batch: Batch) -> None:
    """Each line, then how many of each sort."""
    from passeur.administration import queries

    for line in queries.lines(batch):
        place = line.community.name if line.community else line.place
        words = [str(line.number), line.address, place, str(line.get_plan_display())]
        click.echo("\t".join(words))
    for verdict, count in queries.counted(batch).verdicts:
        click.echo(f"{count:6}  {verdict.label}")


def _carry_out(batch: Batch) -> None:
    from passeur.administration import queries, services

    try:
        with bar() as show:
            services.carry_on(batch.pk, progress=lambda done, total: show("", done / total))
    except KeyboardInterrupt as stop:
        services.stop(batch.pk)
        raise Interrupted(
            _("Interrompu : les lignes faites le restent ; relancez avec le même fichier pour la suite.")
        ) from stop
    counted = queries.counted(batch)
    click.echo(
        ngettext("Fait : {count} ligne.", "Fait : {count} lignes.", counted.done).format(count=counted.done)
    )
    for line in queries.lines(batch, "changed"):
        changed = _("Ligne {number} : changée entre-temps, {verdict}.")
        click.echo(changed.format(number=line.number, verdict=line.get_outcome_display()), err=True)
