"""`passeur records client`: programs that use the store."""

from passeur.foundation.terminal import gettext as _
from passeur.project.cli.pages import page
from passeur.project.cli.program import LazyGroup, files_of

command = LazyGroup(
    "client",
    modules=files_of(__name__),
    short_help=_("Donner accès à un programme."),
    help=page(_("Donner accès au magasin de traces à un programme : un LMS, un outil de rapports.")),
)
