"""`passeur createmanager`: the first person who can sign in."""

import sys

import click

from passeur.foundation.terminal import gettext as _
from passeur.project.cli import setting
from passeur.project.cli.pages import page


@click.command(
    "createmanager",
    short_help=_("Créer un compte d’animation ou d’administration."),
    help=page(
        _("Créer un compte d’administration, qui crée les communautés et dit qui les anime."),
        _(
            "Le mot de passe est demandé sans être affiché. Sans terminal, ou avec --link, un "
            "lien à usage unique "
            "est affiché à la place : la personne y choisit le sien."
        ),
        examples=[
            ("passeur createmanager ines@example.org --name 'Inès Roy'", _("demande le mot de passe")),
            ("passeur createmanager ines@example.org --name 'Inès Roy' --link", _("affiche un lien")),
            ("passeur createmanager ines@example.org --administrator", _("un compte qui existe administre")),
            ("passeur createmanager ines@example.org --community beer", _("anime une communauté importée")),
        ],
        prints=_("l’adresse du compte, et le lien s’il est demandé."),
    ),
)
@click.argument("email")
@click.option("--name", help=_("Nom affiché ; sans lui, le compte existe déjà."))
@click.option("--link", is_flag=True, help=_("Afficher un lien pour choisir le mot de passe."))
@click.option("--community", help=_("Identifiant d’une communauté que personne n’anime encore."))
@click.option("--administrator", is_flag=True, help=_("Confier l’administration à un compte qui existe."))
def command(email: str, name: str | None, link: bool, community: str | None, administrator: bool) -> None:
    if name is None and community is None and not administrator:
        raise click.UsageError(
            _(
                "Donnez --name pour un nouveau compte, "
                "ou --administrator ou --community pour un compte qui existe."
            )
        )
    with setting.database():
        from passeur.project import managers, migrating

        migrating.require_done()
        if name is not None:
            _open(email, name, asks=not link and sys.stdin.isatty())
        elif administrator:
            managers.name_administrator(email=email)
            click.echo(_("{email} administre Passeur.").format(email=email))
        if community is not None:
            managers.appoint_by_name(email=email, slug=community)
            click.echo(_("{email} anime « {slug} ».").format(email=email, slug=community))


def _open(email: str, name: str, *, asks: bool) -> None:
    from passeur.project import managers

    password = None
    if asks:
        password = click.prompt(_("Mot de passe"), hide_input=True, confirmation_prompt=_("Encore une fois"))
    made = managers.create(email=email, name=name, password=password)
    click.echo(_("Le compte {email} est prêt.").format(email=made.email))
    if made.link:
        click.echo(
            _("Lien pour choisir le mot de passe, valable trois jours : {link}").format(link=made.link)
        )
