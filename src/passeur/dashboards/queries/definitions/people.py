"""Definitions of the figures that are made of people: who takes part, and how they are tied."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ...protocols import Definition, define

PARTICIPATION = define(
    Definition(
        "pulse",
        "participation",
        _("Participation"),
        _(
            "Membres ayant écrit, répondu, accepté une réponse ou réagi en quatre semaines, sur tous les "
            "membres. Les blocs de quatre semaines de la période s’additionnent. Lire ne compte pas. Les "
            "comptes techniques et qui anime n’y sont pas."
        ),
        _("Somme, par bloc, des membres ayant pris part ÷ somme, par bloc, des membres."),
    )
)
STICKINESS = define(
    Definition(
        "pulse",
        "stickiness",
        _("Assiduité"),
        _(
            "En moyenne, part des membres actifs en 30 jours qui le sont un jour donné. Sans intervalle : "
            "nous n’en disons pas l’évolution."
        ),
        _("Moyenne, sur les jours, de : actifs ce jour-là ÷ actifs en 30 jours (DAU ÷ MAU)."),
    )
)
HEALTH = define(
    Definition(
        "pulse",
        "health",
        _("Encore là"),
        _(
            "Membres actifs dans le dernier bloc de quatre semaines, sur ceux qui l’ont été en 52 "
            "semaines, à cinq personnes près."
        ),
        _("Actifs dans le dernier bloc ÷ actifs au moins une fois en 52 semaines."),
    )
)
RHYTHM = define(
    Definition(
        "pulse",
        "rhythm",
        _("Semaines vivantes"),
        _("Semaines où trois membres différents, au moins, ont lancé un échange."),
        _("Semaines où au moins trois membres ont lancé un échange ÷ semaines de la période."),
    )
)
ACTIVITY = define(
    Definition(
        "pulse",
        "activity",
        _("Messages et réactions"),
        _("Ce que les membres ont écrit, répondu, accepté et dit d’un mot dans la période."),
        _(
            "Somme des gestes de la période. Pour comparer : nombre par semaine, en tenant compte des "
            "rafales."
        ),
    )
)
MILESTONES = define(
    Definition(
        "pulse",
        "milestones",
        _("Paliers franchis"),
        _(
            "Un palier se franchit une fois et ne se perd pas ; personne ne descend parce qu’un autre "
            "monte. Compté par blocs entiers de quatre semaines, à cinq personnes près, sans qui anime."
        ),
        _("Membres de la communauté qui ont fait la chose pour la première fois dans un bloc de la période."),
    )
)
ISOLATED = define(
    Definition(
        "network",
        "isolated",
        _("Sans aucun lien"),
        _(
            "Membres qui, en 90 jours, n’ont répondu à personne, n’ont reçu aucune réponse et n’ont "
            "écrit dans aucun échange avec quelqu’un d’autre."
        ),
        _("Membres sans lien, ni donné ni reçu ÷ membres."),
    )
)
UNHEARD = define(
    Definition(
        "network",
        "unheard",
        _("Répondent sans réponse"),
        _("Membres qui ont répondu à quelqu’un en 90 jours, et à qui personne n’a répondu."),
        _("Membres ayant donné une réponse au moins, et reçu aucune ÷ membres."),
    )
)
ONE_TIE = define(
    Definition(
        "network",
        "one-tie",
        _("Un seul lien"),
        _("Membres reliés à une seule autre personne en 90 jours : si elle part, ils sont seuls."),
        _("Membres de degré 1 ÷ membres."),
    )
)
RECIPROCITY = define(
    Definition(
        "network",
        "reciprocity",
        _("Dans les deux sens"),
        _(
            "Paires de personnes qui se sont répondu l’une à l’autre en 90 jours, sur celles où l’une a "
            "répondu à l’autre."
        ),
        _("Paires où chacun a répondu à l’autre ÷ paires où l’un au moins a répondu à l’autre."),
    )
)
TIES = define(
    Definition(
        "network",
        "ties",
        _("Liens par membre"),
        _(
            "Avec combien d’autres un membre est relié, en moyenne, en 90 jours : une réponse de l’un à "
            "l’autre, ou un échange où les deux ont écrit. Plus il y en a, plus on se sent de la "
            "communauté (Dawson, 2008)."
        ),
        _("2 × paires reliées ÷ membres."),
        _("Dawson (2008), sur le degré et le sentiment de communauté."),
    )
)
CLOSENESS = define(
    Definition(
        "network",
        "closeness",
        _("Proximité"),
        _(
            "Moyenne des membres : part de ceux qu’on atteint de proche en proche, divisée par le nombre "
            "moyen de pas (Wasserman et Faust). Plus elle est haute, plus on se sent de la communauté "
            "(Dawson, 2008). Basse là où beaucoup sont sans lien."
        ),
        _("Moyenne des membres de : (atteints ÷ autres membres) ÷ nombre moyen de pas pour les atteindre."),
        _("Wasserman et Faust (1994) ; Dawson (2008)."),
    )
)
HALF = define(
    Definition(
        "network",
        "half",
        _("Tient à peu de monde ?"),
        _(
            "Le plus petit nombre de membres par qui passe la moitié des plus courts chemins entre deux "
            "autres (intermédiarité de Freeman). Moins ils sont, plus la communauté se défait sans eux. "
            "Arrondi à la cinquaine au-dessus ; qui ils sont n’est dit nulle part."
        ),
        _(
            "Le plus petit k tel que les k membres les plus intermédiaires portent la moitié de "
            "l’intermédiarité."
        ),
        _("Freeman (1977), pour l’intermédiarité."),
    )
)
OPENNESS = define(
    Definition(
        "network",
        "openness",
        _("Indice E-I"),
        _(
            "L’indice E-I va de −1 (seulement entre soi) à +1 (seulement avec d’autres). Les liens se "
            "comptent à cinq près. Une équipe n’est montrée que si elle, et celles qui ne le sont pas, sont "
            "assez nombreuses."
        ),
        _("(liens vers d’autres équipes − liens dans l’équipe) ÷ (leur somme)."),
        _("Krackhardt et Stern (1988)."),
    )
)
