"""Pairs of French and English words judged by hand: a search for one should find the other, or should not.

*Should* means that a person looking for one would be glad of the other: inflected forms, the verb and
the noun of its action, the adjective and its adverb. The `CORPUS` pairs were drawn from the words of the
corpora and judged before any rule was written; the `CASES` pairs are those the rules were made with.
"""

from __future__ import annotations


def _pairs(text: str) -> list[tuple[str, str]]:
    """One pair a comma."""
    return [(a, b) for a, b in (pair.split() for pair in text.split(",") if pair.strip())]


CASES_MEET = _pairs("""
répondre répondu, répondre répond, répondre répondaient, réponse réponses, stock stocks,
actualiser actualisation, actualiser actualisé, général généralement, général générale,
général généraux, chat chats, cheval chevaux, travail travaux, journal journaux, local locaux,
tuyau tuyaux, niveau niveaux, cheveu cheveux, œil yeux, nouveau nouvelle, vieux vieille, blanc blanche,
public publique, actif active, créatif créatives, premier première, heureux heureuse, vendeur vendeuse,
formateur formatrice, animateur animatrice, pouvoir peuvent, devoir doivent, faire font, prendre pris,
prendre prennent, apprendre appris, mettre mis, permettre permis, recevoir reçu, venir viennent,
devenir devenu, maintenir maintient, vouloir voudrait, savoir sait, prévoir prévu, écrire écrivent,
lire lisent, interdire interdit, conduire conduisent, construire construit, réduire réduction,
connaître connu, suivre suivi, vivre vécu, croire croient, résoudre résolu, ouvrir ouvert,
offrir offert, courir couru, partir partent, sortir sorti, servir sert, finir finissent,
choisir choisissez, peindre peint, éteindre éteint, joindre joignez, perdre perdu, vendre vendu,
entendre entendent, payer paie, essayer essaye, envoyer envoie, nettoyer nettoient, appeler appelle,
jeter jette, acheter achète, préférer préfèrent, manger mangeons, commencer commençons,
vérifier vérification, modifier modifications, installer installation, livrer livraison,
réparer réparateur, utiliser utilisatrice, régler réglage, démarrer démarrage, charger chargement,
équiper équipements, régulier régulièrement, récent récemment, constant constamment, facile facilement,
posons poser, bâtir bâtissent, remplir rempli, ajuster ajustable, anglais anglaises, gros grosse,
chien chienne
""")

CASES_APART = _pairs("""
chat châtiment, chat château, porte port, porte portugais, porte portail, université univers,
organe organisation, commune communauté, général génération, général généreux, généreux générer,
cour courage, cours course, poste position, pose poste, content contenu, contenu continu, compte comté,
rat ration, ration raison, nation natation, lit litige, livre libre, mode module, modèle module,
mode modération, mur murmure, main maintenant, main maintenance, part partager, parti partager,
pari parité, plan plante, plan planche, pile pilier, plat plateau, poli police, vis visite, vis vision,
vente vent, vent ventilation, ventre vente, vers version, vert vertu, vol volet, vol volume,
voiture voir, bande bandit, barre barrage, cas casier, cas cassation, cent central, champ champion,
char charge, chariot charité, cher chercher, colle collecte, collège collègue, concert concerner,
congé congeler, console consolider, cote coton, dent dense, dose dossier, école écologie, écran écraser,
éliminer limiter, entre entretien, équipe équité, espace espèce, essai essaim, étable établir,
évaluer évoluer, facteur facture, face facile, fer fermer, fermeté fermeture, feu feuille, fil filtre,
fin finance, final finance, format formation, fonction fondre, four fournir, frais fraise, garage gare,
gare garder, gaz gazon, geste gestion, maison mais, raison rai, option opter, document docteur,
argent argenterie, client climat, agent agence, important importer, notamment note, atelier atteler,
papier pape, mer merci, hiver hivernage
""")

CORPUS_MEET = _pairs("""
accepter acceptation, accepter acceptées, acheteur acheteuse, actuel actuellement, actuel actuelles,
afficher affichent, amélioration améliorer, ancien anciennes, annonce annonces, apparaissent apparaître,
apparaît apparaître, apporter apportées, apprendre apprennent, approprié appropriée, atteindre atteint,
attendre attend, automatique automatiquement, autoriser autorisé, boîte boîtes, caractère caractères,
catégorie catégories, certain certainement, changer changements, chercher cherchant, choisir choisi,
clair clairement, clarifier clarification, comparer comparaison, complet complètement, complet complète,
comprendre comprennent, comprendre compris, confirmer confirmation, considérer considère,
construire construction, contribuer contribution, contribuer contributeurs, convenir convient,
correct correctement, corriger corrigent, corriger corrections, couvrir couvert, créer création,
décider décision, découvrir découvre, définir définition, demander demandé, différent différentes,
direct directement, discuter discussion, disparaître disparaît, éditer édition, effacer effacées,
encourager encouragé, exister existent, expliquer explication, exprimer expression, fermer fermeture,
fonctionner fonctionnement, fournir fournit, fréquent fréquemment, identifier identifié,
indépendant indépendamment, indiquer indication, intégrer intégration, intéressant intéressantes,
international internationaux, juger jugements, lecteur lectrice, lire lisant, mettre mettant,
modérateur modération, naturel naturellement, nécessaire nécessairement, noter notation, obtenir obtenu,
ouvrir ouvertes, participer participation, permettre permettent, poser posées, précis précisément,
présenter présentation, prononcer prononciation, proposer proposition, rapide rapidement,
recevoir reçoit, reconnaître reconnu, réfléchir réflexion, régional régionaux, relatif relatives,
revenir reviennent, séparer séparé, signaler signalement, suffisant suffisamment, suggérer suggestion,
supprimer suppression, tenir tiens, traduire traduction, traduire traduit, trouver trouvées,
typique typiquement, utiliser utilisation, valide valider, vérifier vérifiée, voir voient,
vouloir veulent, vrai vraiment, écrire écriture, écrire écrivez
""")

CORPUS_APART = _pairs("""
accès accessoire, action actuel, adapter adopter, affiche affirmer, ajout ajuster, ancien ancre,
anglais angle, animal animatrice, annonce année, apport apprendre, argot argument, article articuler,
aspect aspirer, attente attention, auteur autorité, avance avantage, barbarisme barbier, bon bonnet,
bord bordeaux, cadre cadran, carte cartel, chance changer, charge charme, chemin cheminée, choix chose,
comment commentaire, commentaire commencer, commun communiquer, communauté communication,
compétence compétition, complément complet, comprendre comprimer, concept concerner,
connaître connecteur, conseil conserver, considérer consigner, contact contrat, contexte contester,
contrôle contraire, convenir convention, convention conversation, copie copieux, corps corpus,
couleur couler, coupe couple, courtois court, critère critique, culture culte, demain demander,
dépendre dépenser, destination destin, devis devise, distinct distant, durée dur, effet effort,
ensemble ensuite, excellent exception, expert expérience, expliquer explicite, faible faille,
femelle femme, forme formule, forum formule, grammaire gramme, habilitation habillage, habit habitude,
idée identité, image imaginer, information informatique, instant installer, intérieur intérêt,
journal journée, langue langage, lire liste, livre livrer, local locution, logique logistique,
machine machin, magasin magazine, maintenir maintenant, majorité majeur, marque marquis, masse massage,
matière matin, mention menton, mode moderne, modèle modération, moment monument, monnaie monter,
moteur motif, natif nature, nom nombre, notion notifier, objet objectif, opinion opération,
ouvrir ouvrage, paragraphe paraître, participer particulier, partie particulier, passé passion,
passage passager, pensée pension, petit pétition, phrase phase, police politique, porter portugais,
position positif, précis précieux, principe principal, privé privilège, problème probable,
profil profiter, public publicité, quota quotidien, racine race, recette recevoir, région registre,
règle réglisse, répondre répandre, réseau réserve, résumé résultat, roman romain, salle salaire,
savoir savon, secteur section, sens sensation, sentiment sentier, série sérieux, signaler signature,
site situation, société social, somme sommet, source sourd, spécial spécifique, stade stage,
statut statue, subjectif subjonctif, suite suivre, suffire suffixe, tableau tablette, tendance tendre,
terme terminer, texte textile, traduction tradition, trait traiter, type typographie, unique unité,
usage usine, valeur valider, version verser, vide vidéo, vision visiter, vocabulaire vocation
""")

ENGLISH_MEET = _pairs("""
answer answered, question questions, write written, write wrote, build built, run ran, choose chosen,
find found, compile compilation, optimize optimized, optimize optimization, configure configuration,
install installing, component components, memory memories, child children, implement implementation,
allocate allocator, general generally, brew brewing, fermentation fermenting, bottle bottles,
cooling cooled, quick quickly, use using, break broken, teach taught, understand understood,
index indexes, index indices
""")

ENGLISH_APART = _pairs("""
university universe, organ organization, general generate, general generic, policy police, new news,
wander wand, import important, hop hope, beer bee, bitter bit, compile compliance, instance instant,
past paste, module modular, mass massive, component compose, factor factory, author authority,
portable port
""")
