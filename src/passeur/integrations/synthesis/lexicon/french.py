"""French: trades with their things, first names, and sentences with places for things.

In a sentence, `{le}` is a thing with its article, `{un}`, `{du}` and `{au}` its other forms, `{les}` its
plural; `{v}` is an infinitive, `{a}` an adjective, `{x}` a quantity, `{r}` a reference, `{p}` a first name.
"""

TRADES = {
    "Maintenance": (
        "la pompe,le joint,le palier,la vanne,le roulement,la courroie,le capteur,le moteur,le variateur,"
        "la bride,le vérin,le compresseur,le filtre,la chaîne,l’arbre m,l’accouplement m,la soupape,"
        "le réducteur,la garniture,le graisseur,l’armoire f,le disjoncteur,la sonde,le presse-étoupe,"
        "la tuyauterie,le clapet"
    ),
    "Soudage": (
        "le cordon,la buse,la torche,le fil,le gaz,la préparation,le chanfrein,la passe,l’électrode f,"
        "le poste,le gabarit,la fissure,la porosité,le caniveau,la pénétration,la tôle,l’inox m,"
        "l’aluminium m,le masque,la qualification,le mode opératoire,la pince,le bain,la racine,"
        "le support,la déformation"
    ),
    "Formation interne": (
        "le module,la séance,le formateur,l’atelier m,le parcours,l’évaluation f,le support,la grille,"
        "le tutorat,le référent,la classe virtuelle,le livret,la promotion,l’émargement m,le bilan,"
        "l’objectif m,la mise en situation,le quiz,l’accueil m,la certification,le public,le retour,"
        "la compétence,le référentiel,la fiche,l’animation f"
    ),
    "Données et tableaux de bord": (
        "la requête,le tableau,le filtre,la colonne,la jointure,l’export m,le graphique,l’indicateur m,"
        "la source,le modèle,la mesure,le rapport,la table,la clé,le doublon,la date,l’actualisation f,"
        "le seuil,le serveur,le dictionnaire,la formule,le croisement,l’historique m,la moyenne,"
        "le partage,l’alerte f"
    ),
    "Relation client": (
        "le dossier,la réclamation,l’appel m,le courriel,le délai,l’avoir m,la facture,le contrat,"
        "la relance,le modèle de réponse,l’escalade f,la satisfaction,le rendez-vous,le conseiller,"
        "le script,la consigne,le litige,le geste commercial,la file,le rappel,l’accord m,la garantie,"
        "le devis,l’échéance f,le suivi"
    ),
    "Sécurité au travail": (
        "le risque,la consigne,le permis,le harnais,la chute,l’extincteur m,le plan de prévention,"
        "la procédure,le produit,la fiche de données,le gant,le casque,l’exercice m,l’évacuation f,"
        "l’accident m,le presqu’accident,la vérification,l’échafaudage m,la protection,la consignation,"
        "le cadenas,l’analyse f,le registre,la visite"
    ),
    "Logistique": (
        "le quai,la palette,le stock,l’inventaire m,la commande,le transporteur,le bon de livraison,"
        "l’emplacement m,le chariot,la préparation,le colis,l’étiquette f,le lot,la péremption,le flux,"
        "l’écart m,la réception,le seuil,la rupture,le manquant,l’expédition f,la tournée,le scanner,"
        "la douane,l’entrepôt m,le conteneur"
    ),
    "Développement logiciel": (
        "le déploiement,la branche,le test,le service,la file,l’interface f,le cache,la migration,"
        "le journal,la bibliothèque,le jeton,la session,l’erreur f,le correctif,le composant,la revue,"
        "l’index m,le conteneur,la version,l’environnement m,le certificat,la dépendance,le verrou,"
        "la mémoire,l’alerte f,le script"
    ),
}

STEMS = (
    "calibr,serr,gomm,fil,soud,cint,frais,perc,rivet,lamin,polic,dos,mesur,brid,plaqu,tron,barr,"
    "chauff,doubl,sabl,sert,moul,emboît,encod,filtr,purg,rinc,tourn,trait,vid,meul,pliss,raccord,"
    "réglet,sond,tamis,toil,trac"
)
BEFORE = ",re,dé,pré,sur,micro,auto,inter,contre-,sous-,télé,bi"
AFTER = "age le,euse la,eur le,oir le,ure la,ement le,ation la,ette la"

VERBS = (
    "régler,remplacer,vérifier,démonter,préparer,planifier,nettoyer,contrôler,déclarer,renseigner,"
    "exporter,comparer,valider,consigner,documenter,former,organiser,relancer,isoler,tester,mesurer,"
    "signaler,expliquer,commander,partager,corriger,archiver,calculer,étiqueter,adapter,prolonger,"
    "automatiser,inspecter,noter"
)
ADJECTIVES = (
    "fiable,rapide,rigide,fragile,stable,instable,mobile,étanche,simple,utile,pénible,courante,large,"
    "mince,conforme,correcte,visible,lisible,dangereuse,inutile,facile,difficile,rare,durable,propre,"
    "solide,proche"
)
UNITS = "bar,mm,°C,minutes,heures,jours,kg,litres,%,tours,euros,pièces,mètres,ampères"
FIRST = (
    "Nadia,Julien,Camille,Olivier,Fatou,Hugo,Inès,Marc,Léa,Karim,Sophie,Thomas,Aïcha,Pierre,Chloé,"
    "Yanis,Élodie,Antoine,Myriam,Paul,Claire,Mehdi,Justine,Rémi,Sarah,Loïc,Amandine,Bruno,Salomé,"
    "Gaël,Noémie,Cédric,Maud,Étienne,Zoé,Farid,Agnès,Victor,Lina,Xavier"
)
LAST = (
    "Martin,Bernard,Petit,Robert,Durand,Moreau,Laurent,Simon,Michel,Lefèvre,Leroy,Roux,David,"
    "Bertrand,Morel,Fournier,Girard,Bonnet,Dupont,Lambert,Fontaine,Rousseau,Vincent,Muller,Faure,"
    "André,Mercier,Blanc,Guérin,Boyer,Garnier,Chevalier,Benali,Diallo,Traoré,Nguyen,Haddad,Costa,"
    "Rossi,Kowalski,Le Goff,Perrot,Carpentier"
)
JOBS = (
    "technicien,formatrice,cheffe d’équipe,ingénieur méthodes,acheteuse,conducteur,conseillère,développeuse"
)
TEAMS = (
    "Atelier nord,Atelier sud,Méthodes,Qualité,Support,Exploitation,Ventes,Ressources humaines,Informatique"
)
SITES = "Lyon,Nantes,Lille,Toulouse,Strasbourg,Rennes,Grenoble,Bordeaux,Metz,Tours"

TITLES = (
    "Comment {v} {le} sans toucher {au} ?",
    "{Le} ne tient plus après {x} : que faire ?",
    "Peut-on {v} {le} avec {un} {a} ?",
    "Quelle différence entre {le} et {le} ?",
    "Où trouver {le} pour {v} {le} ?",
    "{Le} {r} : quelqu’un a déjà pu {v} {le} ?",
    "Faut-il {v} {le} avant {le} ?",
    "Problème {du} sur {le} {r}",
    "Qui sait {v} {le} ?",
    "{Le} et {le} : dans quel ordre ?",
    "À quelle fréquence {v} {le} ?",
    "Écart de {x} sur {le}, est-ce normal ?",
)
TELLINGS = (
    "Retour d’expérience : {v} {le} en {x}",
    "Ce que {le} a changé pour {le}",
    "Nos règles pour {v} {le}",
    "{Le} : ce qui marche chez nous",
    "Atelier : {v} {le} ensemble",
    "Nouveau guide sur {le} et {le}",
)
OPENINGS = (
    "Bonjour à tous, je dois {v} {le} et je n’y arrive pas.",
    "Depuis {x}, {le} pose problème et nous avons déjà dû {v} {le}.",
    "Nous utilisons {un} {a} avec {le} {r}, et {le} ne suit plus.",
    "La documentation {du} dit de {v} {le}, mais {le} reste bloqué.",
    "J’ai essayé de {v} {le}, puis de {v} {le}, sans résultat.",
    "Le réglage actuel est de {x}, alors que {le} demande {x}.",
    "Sur l’ancienne ligne, {le} était plus {a} et personne ne touchait {au}.",
    "Est-ce que quelqu’un a déjà dû {v} {un} {a} avant {le} ?",
    "Je précise que {les} sont récents et que {le} vient du lot {r}.",
    "{p} m’a conseillé de regarder {le}, mais je ne sais pas comment {v} {le}.",
    "Merci d’avance pour vos idées, surtout si vous connaissez {le}.",
    "Le fournisseur parle {du} et {du}, sans dire lequel il faut {v} en premier.",
    "En attendant nous avons décidé de {v} {le} toutes les {x}.",
)
ANSWERS = (
    "Oui, commence par {v} {le} : neuf fois sur dix, cela vient {du}.",
    "Chez nous, {le} se règle à {x}, jamais plus.",
    "Attention, si {le} est {a}, il vaut mieux {v} {le} avant.",
    "Nous avons eu le même cas avec {le} {r} et il a fallu {v} {le}.",
    "Tu peux {v} {le} sans arrêter {le}, à condition de {v} {le} ensuite.",
    "Regarde {les} : quand {le} bouge, {le} suit avec un retard de {x}.",
    "La fiche {du} se trouve avec {les}, demande à {p} si tu ne la vois pas.",
    "Je déconseille de {v} {le} à chaud ; attends au moins {x}.",
    "L’ordre est important : d’abord {le}, puis {le}, et seulement après {le}.",
    "Pour {v} {le}, il existe {un} {a} qui fait gagner {x}.",
    "Si cela revient, c’est que {le} n’est pas compatible avec {le}.",
    "Nous avons écrit une procédure pour {v} {le}, je la joins {au}.",
    "Une fois {le} en place, pense à {v} {le} et à prévenir l’équipe.",
    "Personnellement je préfère {un} {a}, mais {le} convient aussi.",
)
REMARKS = (
    "Merci, cela marche après avoir pu {v} {le}.",
    "As-tu pensé {au} ?",
    "De quelle version {du} parles-tu ?",
    "Même chose ici avec {le} {r}.",
    "Je confirme, {le} doit rester {a}.",
    "Peux-tu préciser comment {v} {le} ?",
    "@{p} tu avais vu {le}, non ?",
    "Chez nous c’est plutôt {x}.",
    "Bonne idée, je vais {v} {le} demain.",
    "Attention {au} quand même.",
)
