"""`passeur evaluate`: a file here measures one of the suggestions on the community's own past."""

from passeur.foundation.terminal import gettext as _
from passeur.project.cli.pages import page
from passeur.project.cli.program import LazyGroup, files_of

command = LazyGroup(
    "evaluate",
    modules=files_of(__name__),
    short_help=_("Mesurer les suggestions sur le passé des communautés."),
    help=page(_("Mesurer les suggestions de Passeur sur le passé des communautés.")),
)
