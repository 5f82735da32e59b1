"""`passeur records`: the learning record store."""

from passeur.foundation.terminal import gettext as _
from passeur.project.cli.pages import page
from passeur.project.cli.program import LazyGroup

command = LazyGroup(
    "records",
    modules={
        "client": f"{__name__}.clients",
        "derive": f"{__name__}.derive",
        "import": f"{__name__}.bring_in",
        "export": f"{__name__}.export",
        "distribute": f"{__name__}.distribute",
    },
    short_help=_("Gérer le magasin de traces xAPI."),
    help=page(_("Gérer le magasin de traces xAPI (/xapi/).")),
)
