"""`passeur import zulip-archive`: the JSON of a public Zulip archive."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from passeur.foundation.terminal import gettext as _
from passeur.project.cli.importing import bring_in
from passeur.project.cli.pages import page

if TYPE_CHECKING:
    from passeur.channels.protocols import Archive


@click.command(
    "zulip-archive",
    short_help=_("Importer l’archive publique d’un serveur Zulip."),
    help=page(
        _("Importer les canaux publics d’un serveur Zulip, tels que l’outil zulip-archive les écrit."),
        _(
            "SOURCE est le dossier (un sous-dossier par canal, un fichier JSON par sujet) ou l’archive "
            "(.tar.xz, .tar.gz, .zip, .7z). Un sujet qui pose une question devient une question, un autre "
            "une discussion ; un sujet résolu devient une question résolue."
        ),
        examples=[
            ("passeur import zulip-archive zulip-bytecodealliance/", _("un dossier qui contient l’archive")),
            (
                "passeur import zulip-archive zulip_json/ --site chat.example.org",
                _("un serveur à son adresse"),
            ),
        ],
        prints=_("ce qui a été lu, écrit, refusé (fichier et ligne) et laissé de côté, et pourquoi."),
    ),
)
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--site", help=_("L’adresse du serveur ; sans elle, le nom du dossier suivi de .zulipchat.com.")
)
@click.option("--community", help=_("L’identifiant de la communauté ; sans lui, « zulip-… »."))
def command(source: Path, site: str | None, community: str | None) -> None:
    def archive() -> "Archive":
        from passeur.integrations.zulip import ZulipArchive

        return ZulipArchive(source, site=site)

    bring_in(archive, community=community, threads=_("sujets"), themes=_("canaux"))
