"""What a note is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """Why somebody who animates a community writes to a member of it."""

    WELCOME = "welcome", _("Un mot pour vous")
    REACH_OUT = "reach_out", _("Aller vers quelqu’un")
    DID_IT_HELP = "did_it_help", _("Cela vous a-t-il servi ?")
    CONTENT = "content", _("Un contenu manque")
    CHECK = "check", _("Un texte à relire")
    REPLY = "reply", _("Une réponse")
