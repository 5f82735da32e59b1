"""`passeur demo`: Passeur on this machine, with a community to look at."""

import os
from hashlib import sha256
from pathlib import Path

import click

from passeur.foundation.terminal import gettext as _
from passeur.project import environment
from passeur.project.cli import setting
from passeur.project.cli.outcome import Interrupted
from passeur.project.cli.pages import page
from passeur.project.cli.serve import port_option

LOADED = 0.6
"""Of the time to make the demonstration, how much loading it takes."""


@click.command(
    "demo",
    short_help=_("Essayer Passeur avec une communauté de démonstration."),
    help=page(
        _("Essayer Passeur avec une entreprise inventée : trois communautés, dix-huit mois d’échanges."),
        _(
            "Le premier lancement fait la base et la remplit ; les suivants reprennent là où "
            "l’on en était. Seule "
            "cette machine y a accès. Effacer le dossier de données efface la démonstration."
        ),
        examples=[
            ("passeur demo", ""),
            ("PORT=8080 DATA_DIR=/tmp/essai passeur demo", _("ailleurs")),
            ("passeur demo --community export/", _("avec, en plus, une vraie communauté")),
        ],
        prints=_("l’adresse et les comptes de démonstration."),
    ),
)
@port_option
@click.option(
    "--community", envvar="COMMUNITY", type=click.Path(exists=True, path_type=Path),
    help=_("Dossier ou archive d’une vraie communauté à importer (Stack Exchange, Zulip)."),
)  # fmt: skip
@click.pass_context
def command(ctx: click.Context, port: int, community: Path | None) -> None:
    from passeur.project.serve import house

    # By its name: browsers make no passkey for an address that is a number.
    address = os.environ.setdefault("PASSEUR_ADDRESS", f"http://localhost:{port}")
    # What demonstrations made before call their members by in statements.
    os.environ.setdefault("PASSEUR_RECORDS_HOME", f"http://127.0.0.1:{port}")
    os.environ.setdefault("PASSEUR_LOG_LEVEL", "WARNING")
    plan = house.Plan(port=port)
    with house.claimed(plan):
        with setting.database() as private:
            _fill()
            if community is not None:
                _bring_in(ctx, community)
            house.serve(plan, private, announce=lambda: _welcome(address))
        house.say_stopped()


def _fill() -> None:
    """Tables and demo community, each made if it is not there yet."""
    from passeur.integrations import demo, synthesis
    from passeur.project import migrating
    from passeur.project.cli.progress import bar

    if migrating.waiting():
        click.echo(_("Je prépare la base…"))
        migrating.migrate(tell=lambda line: None)
    if demo.is_loaded():
        return
    try:
        with bar() as show:
            demo.load(progress=lambda phase, share: show(phase, LOADED * share))
            # The worker would take minutes to it; figures are looked at before that.
            synthesis.derive(
                progress=lambda phase, share: show(
                    phase or _("Démonstration prête"), LOADED + (1 - LOADED) * share
                )
            )
    except KeyboardInterrupt as stop:
        raise Interrupted(
            _("Interrompu : la démonstration n’est pas encore entière ; relancez, elle le sera.")
        ) from stop


def _bring_in(ctx: click.Context, folder: Path) -> None:
    """Import a real community with the reader that knows what the folder holds."""
    from passeur.integrations import demo
    from passeur.project import managers
    from passeur.project.cli.kinds import reader_of

    known = environment.data_dir() / "brought-in"
    mark = _mark(folder)
    if known.exists() and mark in known.read_text().splitlines():
        return
    reader, source = reader_of(folder)
    ctx.invoke(reader, source=source)
    # The first account of the demonstration is the LCM's: theirs is also what was imported.
    managers.appoint_where_nobody_is(demo.sign_ins()[0].email)
    with known.open("a") as file:
        file.write(mark + "\n")


def _mark(folder: Path) -> str:
    """What an import was made from, as it is now: the same need not be read again at each start."""
    files = [path for path in (folder.rglob("*") if folder.is_dir() else [folder]) if path.is_file()]
    facts = sorted((path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files)
    return f"{sha256(repr(facts).encode()).hexdigest()} {folder.resolve().name}"


def _welcome(address: str) -> None:
    from passeur.integrations import demo

    click.echo()
    click.echo(_("Passeur est prêt : {address}").format(address=address))
    click.echo()
    sign_ins = demo.sign_ins()
    width = max(len(sign_in.email) for sign_in in sign_ins)
    for sign_in in sign_ins:
        click.echo(f"  {sign_in.email:{width}}  {sign_in.password}  {sign_in.role}")
    click.echo()
    click.echo(_("Ctrl-C arrête tout ; les données restent."))
