"""What is said beside a file in which names stay, because taking them out would cost something."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..adapters.properties import Kept


def remark(why: Kept | None, name: str) -> str:
    """One sentence; nothing where nothing is left in the file."""
    if why is None:
        return ""
    if why is Kept.NAMED:
        said = _("« %(name)s » est joint. Qui l’a commenté ou modifié y reste nommé.")
    elif why is Kept.SIGNED:
        said = _("« %(name)s » est signé : ses propriétés, dont le nom de son auteur, restent.")
    elif why is Kept.LOCKED:
        said = _("« %(name)s » est protégé : ses propriétés, dont le nom de son auteur, restent.")
    else:
        said = _(
            "« %(name)s » n’a pas pu être lu en entier : ses propriétés, dont le nom de son auteur, restent. "
            "Pour les retirer, enregistrez-le de nouveau, puis joignez-le."
        )
    return said % {"name": name}
