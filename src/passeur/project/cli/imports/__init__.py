"""`passeur import`: a file here is a reader of one kind of outside community."""

from passeur.foundation.terminal import gettext as _
from passeur.project.cli.pages import page
from passeur.project.cli.program import LazyGroup, files_of

command = LazyGroup(
    "import",
    modules=files_of(__name__),
    short_help=_("Importer une communauté existante."),
    help=page(
        _("Importer une communauté existante."),
        _(
            "Une importation interrompue se reprend en la relançant ; relancée sans rien de nouveau, "
            "elle ne change rien."
        ),
    ),
)
