"""`passeur records export`: all statements, one a line."""

import datetime as dt
import gzip
from pathlib import Path
from typing import IO

import click

from passeur.foundation.terminal import gettext as _
from passeur.project.cli import setting
from passeur.project.cli.pages import page


@click.command(
    "export",
    short_help=_("Écrire toutes les traces dans un fichier."),
    help=page(
        _("Écrire toutes les traces dans un fichier, une par ligne, de la plus ancienne à la plus récente."),
        _("Les traces annulées y sont, avec celles qui les annulent. Un nom en .gz compresse le fichier."),
        examples=[
            ("passeur records export traces.jsonl.gz", ""),
            (
                "passeur records export novembre.jsonl --since 2026-11-01 --until 2026-12-01",
                _("reçues en novembre"),
            ),
        ],
        prints=_("combien de traces sont écrites."),
    ),
)
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), default="0001-01-01",
    help=_("Seulement celles reçues depuis ce jour (UTC)."),
)  # fmt: skip
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), default=None,
    help=_("Seulement celles reçues avant ce jour (UTC)."),
)  # fmt: skip
def command(target: Path, since: dt.datetime, until: dt.datetime | None) -> None:
    with setting.database():
        from passeur.project import migrating
        from passeur.records.queries import statements
        from passeur.records.services import consulting

        migrating.require_done()
        consulting.exported()
        counted = 0
        # One that is stored at the first moment of a day belongs to that day.
        end = _day(until) if until else statements.consistent_through()
        begun = target.with_name(f".{target.name}.part")
        with _opened(begun, packed=target.suffix == ".gz") as file:
            for _stored, body in statements.everything(since=_day(since), until=end):
                counted += 1
                file.write(body.replace("\r", " ").replace("\n", " ").encode() + b"\n")
        begun.replace(target)
    click.echo(_("Traces écrites : {count}.").format(count=counted))


def _day(written: dt.datetime) -> dt.datetime:
    """Just before its first moment: what is exported comes after the one, and up to the other."""
    return written.replace(tzinfo=dt.UTC) - dt.timedelta(microseconds=1 if written.year > 1 else 0)


def _opened(path: Path, *, packed: bool) -> IO[bytes]:
    return gzip.open(path, "wb") if packed else path.open("wb")  # type: ignore[return-value]
