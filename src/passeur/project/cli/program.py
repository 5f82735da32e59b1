"""The list of commands, each loaded when it is asked for."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import click

from passeur.foundation.terminal import gettext as _
from passeur.project.cli.pages import page

COMMANDS = [
    "demo", "serve", "worker", "migrate", "createmanager", "invite", "import", "evaluate", "index", "mail",
    "records", "report", "synthesize", "backup", "restore", "doctor",
]  # fmt: skip
GROUPS: Mapping[str, str] = {
    "import": "passeur.project.cli.imports",
    "evaluate": "passeur.project.cli.evaluations",
    "mail": "passeur.project.cli.mails",
    "records": "passeur.project.cli.records",
}
WIDTH = 100


class LazyGroup(click.Group):
    """Commands that live in a module each; the module's `command` is the command."""

    def __init__(self, *arguments: Any, modules: Mapping[str, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._modules:
            return None
        command: click.Command = import_module(self._modules[cmd_name]).command
        return command


def files_of(package: str) -> dict[str, str]:
    """The commands of a package: `zulip_archive.py` is `zulip-archive`."""
    found = iter_modules(import_module(package).__path__, f"{package}.")
    return {module.name.rsplit(".", 1)[-1].replace("_", "-"): module.name for module in found}


def _built() -> dict[str, str]:
    """The commands of the program that are there, in the order a newcomer meets them."""
    single = {
        module.name.rsplit(".", 1)[-1] for module in iter_modules(import_module(__package__).__path__, "x.")
    }
    modules = {name: f"{__package__}.{name}" for name in COMMANDS if name in single}
    modules |= {name: package for name, package in GROUPS.items() if files_of(package)}
    return {name: modules[name] for name in COMMANDS if name in modules}


program = click.version_option(
    package_name="passeur", message="%(version)s", help=_("Dire la version et sortir.")
)(
    LazyGroup(
        "passeur",
        modules=_built(),
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDTH},
        help=page(
            _("Passeur, le poste de travail de qui anime des communautés apprenantes."),
            _(
                "Tout ce que Passeur garde est dans un dossier (DATA_DIR, par défaut « var »), "
                "base de données "
                "comprise. DATABASE_URL désigne un serveur PostgreSQL à la place de la base privée. "
                "PASSEUR_ADDRESS est l’adresse publique (https://…), EMAIL_URL le serveur de courrier."
            ),
            examples=[
                ("passeur demo", _("essayer, avec une communauté de démonstration")),
                ("passeur doctor", _("savoir ce qui manque à cette installation")),
                ("passeur COMMANDE --help", _("tout sur une commande")),
            ],
        ),
    )
)
