"""French nouns and adjectives that meet their verb though no rule of spelling says so."""

from __future__ import annotations


def _table(text: str) -> dict[str, str]:
    """Two words a comma: the first leads to the second."""
    return {words[0]: words[1] for words in (pair.split() for pair in text.split(","))}


# Nouns in -e that are also the stem of a verb in -er with the same sense. Not *livre*, *porte*, *forme*:
# there the verb says something else.
_SAME_STEM = """
adresse affiche aide alerte analyse annonce attache attaque avance bascule capture cause charge commande
compare consigne consulte contrôle copie critique dépense demande dispute dose doute échange écoute embauche
enquête entrave épreuve équilibre étiquette évite excuse facture filtre fouille garantie influence insulte
intrigue limite manque marque menace mesure oblige patrouille pause pratique programme purge rallonge réclame
récolte recherche recompte référence réforme relance remarque remplace rencontre répare repère réplique
reproche requête réserve retouche révolte risque signale soude souffle structure surveille sauvegarde
télécharge teste titre trace trouble valide vidange visite vote
"""
_OTHERS = """
achat acheter, accord accorder, accueil accueillir, aide aider, ajout ajouter, appel appeler,
appui appuyer, apprentissage apprendre, arrêt arrêter, arrivée arriver, attente attendre, aveu avouer,
calcul calculer, choix choisir, clic cliquer, compréhension comprendre, conduite conduire,
connaissance connaître, conseil conseiller, contact contacter, coût coûter, couverture couvrir,
croyance croire, cumul cumuler, débat débattre, début débuter, découverte découvrir, déclin décliner,
défense défendre, démarreur démarrer, dépôt déposer, dessin dessiner, destruction détruire,
détail détailler, effondrement effondrer, emploi employer, envoi envoyer, emprunt emprunter,
entretien entretenir, écriture écrire, essai essayer, étude étudier, examen examiner, export exporter,
extension étendre, fermeture fermer, fin finir, flexion fléchir, gain gagner, gel geler, gestion gérer,
hausse hausser, import importer, installateur installer, jonction joindre, jet jeter, lavage laver,
lecteur lire, lecture lire, lien lier, maintien maintenir, mélange mélanger, naissance naître,
nettoyage nettoyer, offre offrir, oubli oublier, ouverture ouvrir, paie payer, paye payer,
paiement payer, peinture peindre, perte perdre, preuve prouver, prêt prêter, profit profiter,
rappel rappeler, réception recevoir, recrutement recruter, recul reculer, réduction réduire,
refus refuser, regard regarder, rejet rejeter, reconnaissance reconnaître, remise remettre,
remède remédier, renvoi renvoyer, réponse répondre, report reporter, résultat résulter, retard retarder,
retour retourner, retrait retirer, réussite réussir, saisie saisir, saut sauter, soin soigner,
soupçon soupçonner, soutien soutenir, souhait souhaiter, stock stocker, suivi suivre, survie survivre,
test tester, tir tirer, transfert transférer, transport transporter, travail travailler, tri trier,
vente vendre, venue venir, vol voler, mise mettre, mises mettre, prise prendre, prises prendre,
édition éditer, partage partager, voyage voyager, aperçu apercevoir, connu connaître,
reconnu reconnaître, méconnu méconnaître, reçu recevoir, perçu percevoir, résolu résoudre, vécu vivre,
émission émettre, ouvert ouvrir
"""
_SLIPS = """
active actif, actives actif, blanche blanc, blanches blanc, franche franc, franches franc,
fraîche frais, fraîches frais, sèche sec, sèches sec, différents différent, différentes différent,
précis précis, précise précis, précises précis, claire clair, claires clair
"""
_ALONE = """
agréable animal autant boulanger bruit capable cependant chauffeur cité colonne commission comptable
considérable constant contenu convention courant curé dommage durable enfant fiable important langage
location marché menu messager montant ménage mépris notable ouvrage partant parti passant pension
personne point portable portant potage pourtant remarquable restaurant revenu rivage station vacation
visage vocation volant étage
"""

TO_VERB: dict[str, str] = {noun: f"{noun}r" for noun in _SAME_STEM.split()} | _table(_OTHERS)

FORMS: dict[str, str] = _table(_SLIPS)
"""Forms that the word lists give to another word, or to none."""

ALONE: frozenset[str] = frozenset(_ALONE.split())
"""Words that a rule would lead to a verb of another sense."""
