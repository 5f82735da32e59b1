"""Definitions of the figures that are made of exchanges, contents and searches."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from ...protocols import Definition, define

FIRST_REPLY = define(
    Definition(
        "response",
        "first-reply",
        _("Première réponse"),
        _(
            "Temps médian jusqu’à la première réponse d’une autre personne (Kaplan-Meier : les questions "
            "encore ouvertes comptent)."
        ),
        _("Temps où la part S(t) de celles qui attendent encore passe sous la moitié."),
        _("Kaplan et Meier (1958) ; intervalle de Greenwood (1926)."),
    )
)
WITHIN_GOAL = define(
    Definition(
        "response",
        "within-goal",
        _("Dans l’objectif"),
        _(
            "Questions ayant reçu une première réponse dans l’objectif de leur communauté, parmi celles "
            "posées depuis au moins ce temps. L’horloge s’arrête pendant les heures calmes. Une semaine y "
            "entre une fois que toutes ses questions peuvent être jugées."
        ),
        _("Questions répondues dans l’objectif ÷ questions posées depuis au moins l’objectif."),
    )
)
RESOLVED = define(
    Definition(
        "response",
        "resolved",
        _("Questions résolues"),
        _("Questions dont une réponse est acceptée, ou closes comme résolues, sur toutes celles posées."),
        _("Questions acceptées ou closes comme résolues ÷ questions posées."),
    )
)
UNANSWERED = define(
    Definition(
        "response",
        "unanswered",
        _("Sans réponse"),
        _(
            "Questions ouvertes à qui personne n’a répondu, l’objectif de leur communauté étant passé. "
            "Celles que leur auteur a résolues ou qu’on a closes sans réponse n’en sont plus."
        ),
        _("Questions ouvertes, sans réponse d’une autre personne, objectif passé ÷ questions posées."),
    )
)
NEWCOMERS = define(
    Definition(
        "response",
        "newcomers",
        _("Nouveaux accueillis"),
        _(
            "Premières questions de leur auteur dans la communauté, avec une réponse dans l’objectif. On "
            "compte les blocs entiers de quatre semaines où assez de personnes ont demandé pour la "
            "première fois, une fois que toutes peuvent être jugées."
        ),
        _("Premières questions répondues dans l’objectif ÷ premières questions posées depuis l’objectif."),
        _("Joyce et Kraut (2006) : un nouveau à qui l’on répond revient plus souvent."),
    )
)
ASKED = define(
    Definition(
        "response",
        "asked",
        _("Questions posées"),
        _("Questions posées dans la période. Les comptes techniques et qui anime n’y sont pas."),
        _("Nombre de questions. Pour comparer : nombre par semaine."),
    )
)
STARTED = define(
    Definition(
        "themes",
        "started",
        _("Échanges commencés"),
        _(
            "Questions, discussions, retours d’expérience et annonces. Les comptes techniques et qui "
            "anime n’y sont pas."
        ),
        _("Nombre d’échanges. Pour comparer : nombre par semaine."),
    )
)
REPLIED = define(
    Definition(
        "themes",
        "replied",
        _("Trouvent quelqu’un"),
        _("Échanges dans lesquels une autre personne a écrit, sur tous ceux commencés dans la période."),
        _("Échanges où une autre personne a écrit ÷ échanges commencés."),
    )
)
WITHOUT_THEME = define(
    Definition(
        "themes",
        "without-theme",
        _("Sans thème"),
        _(
            "Échanges qui ne portent aucun thème, à cinq près, dans les blocs entiers de quatre semaines "
            "de la période : ils se retrouvent mal, et ne vont vers aucun expert."
        ),
        _("Échanges sans thème ÷ échanges commencés."),
    )
)
APPRECIATED = define(
    Definition(
        "content",
        "helped",
        _("Échanges appréciés"),
        _("Échanges où quelqu’un a dit « Ça m’aide » ou « Merci » du message d’une autre personne."),
        _("Échanges appréciés ÷ échanges commencés."),
    )
)
EXPERIENCES = define(
    Definition(
        "content",
        "experiences",
        _("Expériences racontées"),
        _(
            "Retours d’expérience publiés dans les blocs entiers de quatre semaines de la période, hors "
            "comptes techniques et qui anime."
        ),
        _("Nombre de retours d’expérience. Pour comparer : nombre par semaine."),
    )
)
UNMET = define(replace(UNANSWERED, page="content", key="unmet", name=_("Questions sans réponse")))
SEARCHES = define(
    Definition(
        "content",
        "searches",
        _("Recherches sans résultat"),
        _(
            "Recherches qui n’ont rien trouvé, des six derniers mois au plus. On garde le jour et les mots, "
            "jamais la personne."
        ),
        _("Nombre de recherches. Pour comparer : nombre par semaine, en tenant compte des rafales."),
    )
)
HELPED = define(
    Definition(
        "what-works",
        "helped",
        _("Échanges qui ont aidé"),
        _(
            "Échanges où, dans leurs deux premières semaines, une réponse a été acceptée ou quelqu’un a "
            "dit du texte d’un autre « Ça m’aide », « Vécu aussi » ou « Merci ». On compte les blocs "
            "entiers de quatre semaines, passés depuis deux semaines."
        ),
        _(
            "Échanges qui ont aidé ÷ échanges regardés ; l’intervalle est d’autant plus large que les "
            "auteurs diffèrent."
        ),
    )
)
REACH = define(
    Definition(
        "what-works",
        "reach",
        _("Personnes touchées"),
        _(
            "Autres personnes qui ont écrit ou réagi dans un échange pendant ses deux premières "
            "semaines, en moyenne. Lire ne se compte pas : cela ne regarde que qui lit."
        ),
        _("Somme, par échange, des autres personnes qui ont écrit ou réagi ÷ échanges regardés."),
    )
)
