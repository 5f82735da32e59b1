"""The words of the feed: its views, its sections, and what an entry is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class View(models.TextChoices):
    """The tabs. The last two are in the order of time, whatever one prefers."""

    FOR_YOU = "for-you", _("Pour vous")
    FOLLOWED = "followed", _("Ce que vous suivez")
    ALL = "all", _("Toute la communauté")


class Section(models.TextChoices):
    """The parts of « Pour vous », in their order."""

    TO_YOU = "to-you", _("Pour vous")
    HELP = "help", _("Vous pourriez aider")
    READ = "read", _("À lire")


class Nature(models.TextChoices):
    """What an entry is: its words above the title. Of several, the first in this order is shown."""

    ANSWERED = "answered", _("Votre question a une réponse")
    WRITTEN = "written", _("On a écrit dans votre échange")
    NAMED = "named", _("On vous mentionne")
    ASKED = "asked", _("On vous demande")
    FOLLOWED = "followed", _("Du nouveau dans un échange que vous suivez")
    SOLVED_NEAR = "solved-near", _("Une question proche de la vôtre est résolue")
    HELP = "help", _("Vous pourriez aider")
    ANNOUNCED = "announced", _("Annonce")
    TOLD = "told", _("Retour d’expérience")
    RESOLVED = "resolved", _("Question résolue")
    BEGUN = "begun", _("Nouvel échange")


SECTION = {
    **dict.fromkeys((Nature.ANSWERED, Nature.WRITTEN, Nature.NAMED, Nature.FOLLOWED), Section.TO_YOU),
    **dict.fromkeys((Nature.ASKED, Nature.HELP), Section.HELP),
}
"""Where each nature stands; what is not here is to read."""

DIRECT = (Nature.ANSWERED, Nature.WRITTEN, Nature.NAMED, Nature.ASKED, Nature.FOLLOWED)
"""What concerns the person by name or by their own choice: « moins de ce thème » leaves it."""
