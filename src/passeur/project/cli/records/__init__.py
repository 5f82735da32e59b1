"""`passeur records`: the learning record store."""

from passeur.foundation.terminal import gettext as _
from passeur.project.cli.pages import page
from passeur.project.cli.program import LazyGroup, files_of

command = LazyGroup(
    "records",
    modules=files_of(__name__),
    short_help=_("Gérer le magasin de traces xAPI."),
    help=page(_("Gérer le magasin de traces xAPI (/xapi/).")),
)
