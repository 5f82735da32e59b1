"""`passeur records client create`: let a program use the store."""

import click

from passeur.foundation.terminal import gettext as _
from passeur.project.cli import setting
from passeur.project.cli.pages import page
from passeur.records.choices import MOST_PER_MINUTE, PER_MINUTE, Scope


@click.command(
    "create",
    short_help=_("Créer un client et ses identifiants."),
    help=page(
        _("Créer un client : l’adresse, la clé et le secret à saisir dans l’autre programme."),
        _("Le secret n’est affiché que cette fois ; l’interface permet de le changer ou de le révoquer."),
        examples=[
            ("passeur records client create Moodle --scope statements/write", _("un LMS qui écrit")),
            ("passeur records client create Rapports --scope all/read", _("un outil qui lit tout")),
        ],
        prints=_("l’adresse, la clé et le secret."),
    ),
)
@click.argument("name")
@click.option(
    "--scope", "scopes", multiple=True, required=True, type=click.Choice(Scope.values),
    help=_("Ce que le client peut faire ; plusieurs fois si besoin."),
)  # fmt: skip
@click.option(
    "--per-minute", type=click.IntRange(min=1, max=MOST_PER_MINUTE), default=PER_MINUTE, show_default=True,
    help=_("Combien de requêtes il peut faire par minute."),
)  # fmt: skip
def command(name: str, scopes: tuple[str, ...], per_minute: int) -> None:
    with setting.database():
        from django.conf import settings

        from passeur.project import migrating
        from passeur.records import services

        migrating.require_done()
        wanted = [Scope(scope) for scope in scopes]
        made = services.create(name=name, scopes=wanted, by=None, per_minute=per_minute)
        click.echo(_("Adresse : {address}").format(address=f"{settings.ORIGIN}/xapi/"))
        click.echo(_("Clé : {key}").format(key=made.key))
        click.echo(_("Secret : {secret}").format(secret=made.secret))
