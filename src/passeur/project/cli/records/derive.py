"""`passeur records derive`: statements of what happened before there was a store."""

import click

from passeur.foundation.terminal import gettext as _
from passeur.project.cli import setting
from passeur.project.cli.outcome import Interrupted
from passeur.project.cli.pages import page


@click.command(
    "derive",
    short_help=_("Écrire les traces de ce qui s’est passé dans Passeur."),
    help=page(
        _(
            "Écrire les traces xAPI de ce qui s’est passé dans Passeur et n’en a pas encore. "
            "« passeur serve » le fait de lui-même ; cette commande le fait tout de suite."
        ),
        _("Une trace déjà écrite ne l’est pas deux fois : interrompue puis relancée, la commande reprend."),
        examples=[
            ("passeur records derive", ""),
            ("passeur records derive --again", _("tout regarder encore une fois, depuis le début")),
        ],
        prints=_("combien de traces sont nouvelles."),
    ),
)
@click.option("--again", is_flag=True, help=_("Tout regarder depuis le début, même ce qui l’a déjà été."))
def command(again: bool) -> None:
    with setting.database():
        from passeur.project import migrating
        from passeur.records.services import deriving

        migrating.require_done()
        if again:
            deriving.begin_again()
        try:
            counted = sum(sum(deriving.catch_up(source)) for source in deriving.sources.values())
        except KeyboardInterrupt as stop:
            raise Interrupted(_("Interrompu : relancez, cela reprend où c’était.")) from stop
    click.echo(_("Traces nouvelles : {count}.").format(count=counted))
