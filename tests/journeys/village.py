"""A small community whose days were lived through the services: people, themes, exchanges, what waits.

Mechanics of an invented factory. Farid knows conveyors, Noémie knows sensors; Lucie waits for an answer.
Agathe animates it, with Bruno; she also animates a workshop where nothing has happened yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from django.test import override_settings

from passeur.accounts import services as accounts
from passeur.communities import services as belonging
from passeur.communities.choices import Entry, Role
from passeur.communities.tests.factories import MembershipFactory
from passeur.conversations import services as conversations
from passeur.conversations.choices import Kind, LinkKind, Meaning
from passeur.skills import services as skills
from tests.jobs import run_queued

PASSWORD = "la-passerelle-du-matin"
CHARTER = "On demande sans crainte.\n\nOn répond avec soin, et l’on dit quand on ne sait pas."


@contextmanager
def days_ago(days: float) -> Iterator[None]:
    """What happens inside happened so many days ago, jobs included."""
    shift = dt.timedelta(days=days)

    class Then(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            return dt.datetime.now(tz) - shift

    with mock.patch("django.utils.timezone.datetime", Then):
        yield


@dataclass
class Village:
    """Who and what a journey may need, by name."""

    lines: Any = None
    workshop: Any = None
    people: dict[str, Any] = field(default_factory=dict)
    themes: dict[str, Any] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        for shelf in ("people", "themes", "things"):
            if name in self.__dict__.get(shelf, {}):
                return self.__dict__[shelf][name]
        raise AttributeError(name)

    def ask(self, by: Any, title: str, body: str, *themes: Any, kind: Kind = Kind.QUESTION) -> Any:
        return conversations.start_conversation(
            community=self.lines, kind=kind, title=title, body=body, by=by, themes=themes
        )


def build() -> Village:
    """Live the past of the village, oldest first."""
    village = Village()
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        _people(village)
    _places(village)
    _past(village)
    _waiting(village)
    run_queued()
    return village


PEOPLE = [
    ("agathe", "Agathe Morel", "animatrice", "Nantes"),
    ("bruno", "Bruno Keller", "animateur", "Strasbourg"),
    ("farid", "Farid Haddad", "mécanicien", "Nantes"),
    ("noemie", "Noémie Paquet", "automaticienne", "Nantes"),
    ("lucie", "Lucie Fontaine", "conductrice de ligne", "Nantes"),
    ("gilles", "Gilles Texier", "électricien", "Strasbourg"),
    ("theo", "Théo Marchand", "apprenti", "Nantes"),
    ("ines", "Inès Roche", "technicienne méthodes", "Nantes"),
    ("sylvie", "Sylvie Aubert", "responsable formation", "Nantes"),
    ("armand", "Armand Petit", "informatique", "Nantes"),
    ("rachel", "Rachel Vidal", "préparatrice", "Rungis"),
    ("pawel", "Paweł Nowak", "régleur", "Nantes"),
]


def _people(village: Village) -> None:
    with days_ago(120):
        for key, name, job, site in PEOPLE:
            village.people[key] = accounts.open_account(
                email=f"{key}@saline.example", name=name, password=PASSWORD, job=job, site=site, handle=key
            )
    village.armand.is_administrator = True
    village.armand.save()


def _places(village: Village) -> None:
    with days_ago(110):
        founded = {"by": village.armand, "charter": CHARTER, "first_reply_goal": 8}
        village.lines = belonging.create_community(
            name="Maintenance des lignes",
            purpose="Que personne ne reste seul devant une ligne arrêtée.",
            **founded,
        )
        village.workshop = belonging.create_community(
            name="Atelier du soir", purpose="Réparer ensemble.", entry=Entry.INVITATION, **founded
        )
        for key, role in [
            ("agathe", Role.LCM),
            ("bruno", Role.LCM),
            ("farid", Role.EXPERT),
            ("sylvie", Role.TRAINING_MANAGER),
            *((key, Role.MEMBER) for key in ("noemie", "lucie", "gilles", "pawel")),
        ]:
            _join(village, key, role)
        MembershipFactory.create(
            community=village.workshop, member=village.agathe, role=Role.LCM, charter_version=1
        )
        belonging.leave(community=village.lines, member=village.armand)
        add = skills.create_theme
        for key, name, above in [
            ("conveyors", "Convoyeurs", None),
            ("belts", "Courroies", "conveyors"),
            ("sensors", "Capteurs", None),
            ("drives", "Variateurs", None),
        ]:
            village.themes[key] = add(
                community=village.lines,
                name=name,
                by=village.agathe,
                parent=village.themes.get(above or ""),
            )
        skills.add_synonym(theme=village.sensors, name="Cellules", by=village.agathe)
        skills.declare_skill(theme=village.drives, member=village.gilles)
        skills.follow_theme(theme=village.belts, member=village.lucie)
        run_queued()


def _join(village: Village, key: str, role: Role = Role.MEMBER) -> None:
    member = village.people[key]
    belonging.join(community=village.lines, member=member, charter_version=1)
    if role != Role.MEMBER:
        belonging.change_role(community=village.lines, member=member, role=role, by=village.armand)


ANSWERED = [
    (80, "gilles", "farid", "belts", "La courroie du convoyeur 4 saute au démarrage",
     "Elle saute deux fois sur trois, à froid.",
     "Retendez après dix minutes de marche."),
    (70, "pawel", "farid", "belts", "Quelle tension pour une courroie de convoyeur neuve ?",
     "La notice ne dit rien.", "Une flèche de 16 mm par mètre, mesurée au milieu."),
    (60, "lucie", "farid", "conveyors", "Le convoyeur dérive à gauche depuis le changement de rouleau",
     "On a remplacé le rouleau de renvoi.", "Desserrez, alignez au cordeau, resserrez en croix."),
    (50, "lucie", "noemie", "sensors", "La cellule de comptage compte deux fois le même carton",
     "Surtout les cartons brillants.", "Passez-la en détection sur front et inclinez-la de dix degrés."),
    (40, "gilles", "noemie", "sensors", "Capteur inductif qui reste allumé après nettoyage",
     "Après chaque nettoyage à l’eau.", "L’eau reste dans le presse-étoupe : séchez et remettez un joint."),
    (30, "pawel", "farid", "belts", "Bruit de sifflement sur la courroie crantée",
     "Un sifflement aigu à pleine vitesse.",
     "C’est l’alignement des poulies : une règle suffit."),
]  # fmt: skip


def _past(village: Village) -> None:
    people = village.people
    for days, asker, helper, theme, title, body, answer in ANSWERED:
        with days_ago(days):
            asked = village.ask(people[asker], title, body, village.themes[theme])
            given = conversations.contribute(conversation=asked, body=answer, by=people[helper])
            run_queued()
        with days_ago(days - 0.5):
            conversations.accept_answer(answer=given, question=asked, by=people[asker])
            run_queued()
        village.things.update(resolved=asked, accepted=given)
    with days_ago(20):
        told = village.ask(
            village.noemie,
            "Trois mois avec les capteurs sans fil",
            "## La situation\n\nDes câbles coupés.\n\n## Ce que j’ai fait\n\nDes capteurs sans fil.",
            village.sensors,
            kind=Kind.EXPERIENCE,
        )
        for helped in (village.lucie, village.gilles, village.farid, village.pawel, village.sylvie):
            conversations.react(contribution=told.contributions.get(), meaning=Meaning.HELPS, by=helped)
        village.things["experience"] = told
        village.things["announcement"] = village.ask(
            village.agathe,
            "Journée portes ouvertes à l’atelier",
            "Jeudi 12, de 9 h à 16 h.",
            kind=Kind.ANNOUNCEMENT,
        )
        talk = village.ask(
            village.gilles, "Faut-il garder des courroies d’avance ?", "Vos avis ?", kind=Kind.DISCUSSION
        )
        said = conversations.contribute(conversation=talk, body="Deux par ligne, pas plus.", by=village.farid)
        conversations.comment(on=said, body="D’accord pour deux.", by=village.lucie)
        conversations.edit(
            contribution=said, body="Deux par ligne, trois sur la ligne 4.", by=village.farid, version=1
        )
        village.things.update(discussion=talk, message=said)
        run_queued()


def _waiting(village: Village) -> None:
    with days_ago(8):
        _join(village, "ines")
        _join(village, "theo")
        run_queued()
    with days_ago(5):
        answered = village.ask(
            village.gilles, "Variateur en défaut F12 au redémarrage", "Toujours le lundi.", village.drives
        )
        conversations.contribute(conversation=answered, body="Regardez la rampe.", by=village.noemie)
        unhelped = village.ask(
            village.pawel, "Capteur de fin de course capricieux", "Une fois sur dix.", village.sensors
        )
        conversations.contribute(conversation=unhelped, body="Resserrez le support.", by=village.farid)
        run_queued()
    with days_ago(4):
        conversations.contribute(
            conversation=unhelped, body="C’était serré, rien ne change.", by=village.pawel
        )
        run_queued()
    with days_ago(3):
        village.things["waiting"] = village.ask(
            village.lucie,
            "La courroie du convoyeur 7 se décale toutes les deux heures",
            "On la recentre, elle repart. `Vitesse : 0,8 m/s`.",
            village.belts,
        )
        village.things["second"] = village.ask(
            village.lucie, "Où acheter des galets de convoyeur en petit nombre ?", "Il m’en faut six."
        )
        village.things["third"] = village.ask(
            village.gilles, "Un capteur photo ébloui par le soleil du matin", "De 8 h à 9 h.", village.sensors
        )
        village.things["newcomer"] = village.ask(
            village.theo, "Comment apprend-on à régler une courroie ?", "Je débute.", village.belts
        )
        run_queued()
    conversations.link(
        source=village.waiting, target=village.resolved, kind=LinkKind.RELATED, by=village.noemie
    )
    village.things.update(answered=answered, unhelped=unhelped)
