"""Definitions of the figures of what lasts: whether it was looked at in time, and how it reads."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from ...protocols import Definition, define

VERIFIED = define(
    Definition(
        "content",
        "verified",
        _("Vérifiés à temps"),
        _(
            "Réponses acceptées et retours d’expérience dont quelqu’un a dit, depuis moins longtemps que le "
            "délai de leur communauté, qu’ils sont vrais, sur tous. Accepter ou publier est la première "
            "vérification ; lire n’en est pas une. Compté par semaines."
        ),
        _("Textes vérifiés dans le délai ÷ textes durables."),
    )
)
DUE = define(
    Definition(
        "content",
        "due",
        _("À relire"),
        _(
            "Textes que personne n’a vérifiés dans le délai de leur communauté, et ceux qu’on a "
            "signalés comme dépassés. Vieux ne veut pas dire faux : rien n’est retiré."
        ),
        _("Nombre de textes hors délai, ou signalés."),
    )
)
MET = define(
    Definition(
        "content",
        "met",
        _("Vérifiés, là où l’on passe"),
        _(
            "La même part, chaque texte comptant autant de fois que de personnes y ont écrit ou réagi, "
            "chacune une fois par semaine, dans les blocs entiers de quatre semaines de la période. À "
            "cinq passages près. Passeur ne compte pas qui lit quoi."
        ),
        _("Passages dans les textes vérifiés à temps ÷ passages dans tous."),
    )
)
FRESHNESS = define(
    Definition(
        "content",
        "freshness",
        _("Fraîcheur"),
        _(
            "Celle du texte du milieu. 1 : vérifié cette semaine ; 0,5 : il y a un délai entier ; elle "
            "baisse de moitié à chaque délai (2^(−jours / délai)). 0 : signalé comme dépassé."
        ),
        _("Médiane, sur les textes, de 2^(−jours depuis la vérification ÷ délai)."),
    )
)
READS_FRENCH = define(
    Definition(
        "content",
        "reads-0",
        _("Lisibilité, en français"),
        _(
            "Des textes devenus durables dans les blocs entiers de quatre semaines de la période, "
            "lus comme un seul : longueur des phrases et des mots. 100 : très facile ; 0 : très "
            "difficile. Jamais d’une personne : un bloc où moins de cinq ont écrit n’est pas compté."
        ),
        _("207 − 1,015 × mots par phrase − 73,6 × syllabes par mot."),
        _("Kandel et Moles, 1958"),
    )
)
READS_ENGLISH = define(
    replace(
        READS_FRENCH,
        key="reads-1",
        name=_("Lisibilité, en anglais"),
        formula=_("206,835 − 1,015 × mots par phrase − 84,6 × syllabes par mot."),
        source="Flesch, 1948",
    )
)
USEFUL = define(
    Definition(
        "content",
        "useful",
        _("Utilité d’un texte"),
        _(
            "Les avis d’autres personnes qui disent « Ça m’aide », « Vécu aussi » ou « Merci » (comme la "
            "page du texte les compte), et l’acceptation ; sur ceux-là et ceux qui disent "
            "« N’est plus vrai »."
        ),
        _("Borne basse, à 95 %, de : avis qui disent le texte utile ÷ tous les avis (cinq au moins)."),
        _("Wilson (1927)"),
    )
)
