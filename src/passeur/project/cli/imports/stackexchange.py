"""`passeur import stackexchange`: a public data dump of a Stack Exchange site."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from passeur.foundation.terminal import gettext as _
from passeur.project.cli.importing import bring_in
from passeur.project.cli.pages import page

if TYPE_CHECKING:
    from passeur.channels.protocols import Archive


@click.command(
    "stackexchange",
    short_help=_("Importer l’export public d’un site Stack Exchange."),
    help=page(
        _("Importer l’export public d’un site Stack Exchange, tel qu’il est publié."),
        _(
            "SOURCE est le dossier des fichiers XML, ou l’archive (.7z, .tar.xz, .tar.gz, .zip). Posts.xml "
            "suffit ; Users, Comments, Votes, Tags, TagSynonyms, PostLinks et PostHistory sont lus s’ils "
            "sont là. Un export plus récent du même site met à jour ce que le précédent avait apporté."
        ),
        _(
            "Les personnes importées sont des membres sans compte : ce qu’elles ont écrit compte, personne "
            "ne peut se connecter à leur place."
        ),
        examples=[
            ("passeur import stackexchange beer.stackexchange.com.7z", _("l’archive publiée")),
            (
                "passeur import stackexchange export/ --site beer.stackexchange.com",
                _("un dossier d’un autre nom"),
            ),
        ],
        prints=_("ce qui a été lu, écrit, refusé (fichier et ligne) et laissé de côté, et pourquoi."),
    ),
)
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--site", help=_("L’adresse du site ; sans elle, le nom du dossier ou de l’archive."))
@click.option("--community", help=_("L’identifiant de la communauté ; sans lui, « stackexchange-… »."))
def command(source: Path, site: str | None, community: str | None) -> None:
    def archive() -> "Archive":
        from passeur.integrations.stackexchange import StackExchangeDump

        return StackExchangeDump(source, site=site)

    bring_in(archive, community=community)
