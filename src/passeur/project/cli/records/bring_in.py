"""`passeur records import`: statements from a file, or from another store."""

import os
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import IO, TYPE_CHECKING

import click

from passeur.foundation.terminal import gettext as _
from passeur.project.cli import setting
from passeur.project.cli.outcome import Interrupted
from passeur.project.cli.pages import page
from passeur.project.cli.progress import bar
from passeur.project.cli.records.reasons import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from passeur.records.services.importing import Told

SHOWN = 20  # refused lines that are told one by one
PACE = 5.0  # seconds from one line of how far it is to the next
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
    with setting.database(), _lines(refused, again="w" if not is_address else "a") as write:
        from passeur.foundation.errors import PasseurError
        from passeur.project import migrating
        from passeur.records.errors import Elsewhere
        from passeur.records.services.importing import NotReadable, Told

        migrating.require_done()
        told = Told()
        place = _("Trace {number} : {why}") if is_address else _("Ligne {number} : {why}")
        said = _Said(told, write, place)
        try:
            with said:
                if is_address:
                    _from_store(source, told, said)
                else:
                    _from_file(Path(source), told)
        except (Elsewhere, NotReadable) as error:
            raise PasseurError(in_words(str(error))) from error
        except KeyboardInterrupt as stop:
            raise Interrupted(
                _("Interrompu : relancez, ce qui est déjà enregistré ne le sera pas deux fois.")
            ) from stop


@contextmanager
def _lines(path: Path | None, *, again: str) -> "Iterator[IO[str] | None]":
    """The file of refused statements; of another store, read from where it was left, lines are added."""
    if path is None:
        yield None
        return
    with path.open(again, encoding="utf-8") as file:
        yield file


class _Said:
    """What is refused, said as it comes; at the end the sums, of an import that was stopped too."""

    def __init__(self, told: "Told", file: IO[str] | None, place: str) -> None:
        self._told, self._file, self._place = told, file, place
        self._lines = self._refused = self._left = 0
        self._at = monotonic()

    def __enter__(self) -> None:
        """The import begins."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """It ended, or was stopped on its way; stopped before anything was read, there is nothing to say."""
        if error is None or self._told.read:
            self._sums()

    def page(self) -> None:
        """After a page of another store: its refusals, and every few seconds how far it is."""
        self._new()
        if monotonic() - self._at >= PACE:
            self._at = monotonic()
            click.echo(_("{read} traces lues…").format(read=self._told.read), err=True)

    def _sums(self) -> None:
        self._new()
        if self._lines > SHOWN and self._file is None:
            click.echo(_("… --refused FICHIER les donne toutes."), err=True)
        told = self._told
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

    def _new(self) -> None:
        refused, left_out = self._told.refused[self._refused :], self._told.left_out[self._left :]
        self._refused, self._left = len(self._told.refused), len(self._told.left_out)
        for number, why in [*refused, *left_out]:
            line = self._place.format(number=number, why=in_words(why))
            self._lines += 1
            if self._lines <= SHOWN:
                click.echo(line, err=True)
            if self._file is not None:
                self._file.write(f"{line}\n")
                self._file.flush()


def _from_file(path: Path, told: "Told") -> None:
    from passeur.records.services import importing

    with bar() as show:
        importing.load(path, told=told, progress=lambda share: show(path.name, share))


def _from_store(address: str, told: "Told", said: _Said) -> None:
    from passeur.records.services import reading

    key = os.environ.get(KEY) or click.prompt(_("Clé"))
    secret = os.environ.get(SECRET) or click.prompt(_("Secret"), hide_input=True)
    reading.load(address, key=key, secret=secret, told=told, each=said.page)
