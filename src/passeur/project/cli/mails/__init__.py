"""`passeur mail`: what a mail server asks of Passeur."""

from passeur.foundation.terminal import gettext as _
from passeur.project.cli.pages import page
from passeur.project.cli.program import LazyGroup, files_of

command = LazyGroup(
    "mail",
    modules=files_of(__name__),
    short_help=_("Recevoir ce qui revient par courriel."),
    help=page(_("Recevoir ce qui revient par courriel.")),
)
