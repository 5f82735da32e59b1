"""A community that one enters by invitation only, everything in it marked; beside it one that all may read.

Each room that keeps something puts it here once: what is not in this world, the walk cannot find.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from passeur.accounts.tests.factories import ImportedMemberFactory, MemberFactory
from passeur.communities.choices import Role
from passeur.communities.tests.factories import (
    CharterFactory,
    CommunityFactory,
    ManagerFactory,
    MembershipFactory,
    PrivateCommunityFactory,
)
from passeur.conversations import services as conversations
from passeur.conversations.choices import Kind
from passeur.skills.tests.factories import (
    InterestFactory,
    ThemeFactory,
)
from passeur.writing import queries as files
from tests.architecture import world
from tests.architecture.world import World

from . import around, written
from .markers import Markers

INSIDERS = [("lcm", Role.LCM), ("expert", Role.EXPERT), ("member", Role.MEMBER), ("friend", Role.MEMBER)]


@dataclass
class Secret:
    """The private community and the open one; `left` and `removed` belonged to the first."""

    mark: Markers
    secret: Any
    shared: Any
    people: dict[str, Any] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    worlds: list[World] = field(default_factory=list)
    open_world: World | None = None

    def person(self, name: str, **fields: Any) -> Any:
        """Somebody of whom all is marked, known in the private community alone."""
        mark = self.mark
        return MemberFactory.create(
            name=f"Naïma {mark(f'name of {name}').title()}",
            email=f"{mark(f'address of {name}')}@orvelle.example",
            handle=mark(f"handle of {name}"),
            job=f"Métier {mark(f'job of {name}')}",
            team=f"Équipe {mark(f'team of {name}')}",
            site=f"Site {mark(f'site of {name}')}",
            bio=f"Bio {mark(f'bio of {name}')}",
            **fields,
        )


def build() -> Secret:
    """Both communities, with their people, at a time when nobody has left."""
    mark = Markers()
    secret = PrivateCommunityFactory.create(
        name=f"Projet {mark('name of the community').title()}",
        slug=mark("address of the community"),
        purpose=f"Préparer {mark('purpose of the community')}.",
    )
    shared = CommunityFactory.create(name="Ouverte à tous", slug="ouverte")
    made = Secret(mark, secret, shared)
    CharterFactory.create(community=secret, text=f"On tait {mark('charter')}.")
    _people(made)
    _open_community(made)
    written.themes(made)
    written.conversations_of_each_kind(made)
    around.people(made)
    _worlds(made)
    for community in (secret, shared):  # what is written after the last charter is by people who accepted it
        community.memberships.update(charter_version=community.charters.count())
    return made


def _people(made: Secret) -> None:
    people, both = made.people, {}
    for name, role in INSIDERS:
        people[name] = made.person(name)
        MembershipFactory.create(community=made.secret, member=people[name], role=role)
    # In both: outsiders know them, and learn nothing of what they do in private.
    both["both"] = MemberFactory.create(name="Camille Partout", handle="camille-partout")
    both["left"] = MemberFactory.create(name="Karim Parti", handle="karim-parti")
    both["removed"] = MemberFactory.create(name="Mei Sortie", handle="mei-sortie")
    both["erased"] = made.person("erased")
    both["closed"] = MemberFactory.create(name="Anaïs Fermée")
    roles = {"removed": Role.LCM, "left": Role.EXPERT}
    for name, member in both.items():
        MembershipFactory.create(community=made.secret, member=member, role=roles.get(name, Role.MEMBER))
        MembershipFactory.create(community=made.shared, member=member)
    people |= both
    people["invited"] = MemberFactory.create(name="Hugo Invité")
    people["outsider"] = MemberFactory.create(name="Lina Dehors")
    people["claimant"] = MemberFactory.create(name="Noé Réclame")
    people["administrator"] = MemberFactory.create(name="Ada Administre", is_administrator=True)
    people["manager"] = MemberFactory.create(name="Inès Anime")
    for name in ("invited", "outsider", "claimant", "administrator"):
        MembershipFactory.create(community=made.shared, member=people[name])
    ManagerFactory.create(community=made.shared, member=people["manager"])
    # Came with an import into both communities: who they are is decided in the open one.
    people["imported"] = ImportedMemberFactory.create(name="hopper-des-deux")
    people["imported in private"] = ImportedMemberFactory.create(name=made.mark("imported member"))
    for community in (made.secret, made.shared):
        MembershipFactory.create(community=community, member=people["imported"])
    MembershipFactory.create(community=made.secret, member=people["imported in private"])


def _open_community(made: Secret) -> None:
    people, things = made.people, made.things
    things["open theme"] = ThemeFactory.create(community=made.shared, name="Stocks", slug="stocks")
    things["open question"] = conversations.start_conversation(
        community=made.shared,
        kind=Kind.QUESTION,
        title="Comment suivre les stocks ?",
        body="Une référence sur trois manque.",
        themes=[things["open theme"]],
        by=people["outsider"],
    )
    things["open answer"] = conversations.contribute(
        conversation=things["open question"], body="Par un inventaire tournant.", by=people["manager"]
    )
    for name in ("outsider", "left", "removed", "invited"):
        InterestFactory.create(member=people[name], theme=things["open theme"])
    built = world.build(made.shared)
    made.open_world = replace(
        built,
        conversation=things["open question"],
        theme=things["open theme"],
        people=built.people | {"member": people["outsider"], "lcm": people["manager"]},
    )


def _worlds(made: Secret) -> None:
    """What stands behind each address: one world for each thing of a kind."""
    things, people = made.things, made.people
    built = world.build(made.secret)
    first = replace(
        built,
        conversation=things["question"],
        answer=things["question: answer"],
        theme=things["theme"],
        synonym=things["synonym"],
        invitation=things["invitation"],
        claim=things["claim"],
        referral=things["question"].referrals.first(),
        file=things["file"],
        introduction=things["introduction of member"],
        occurrence=things["occurrence"],
        people=built.people | {name: people[name] for name in ("member", "lcm", "expert")},
    )
    made.worlds.append(first)
    for kind in ("discussion", "experience", "announcement"):
        made.worlds.append(
            replace(
                first,
                conversation=things[kind],
                answer=things[f"{kind}: answer"],
                file=things["picture"],
                theme=things["theme below"],
                people=first.people | {"member": people["imported in private"]},
            )
        )
    for name in ("left", "removed"):
        made.worlds.append(
            replace(
                first,
                conversation=things["asked by left"],
                answer=things["deleted"] if name == "removed" else things["told to left"],
                referral=people[name].referrals.first(),
                introduction=things[f"introduction of {name}"],
                people=first.people | {"member": people["expert"]},
            )
        )


def address_of(file: Any) -> str:
    return files.address_of(file)
