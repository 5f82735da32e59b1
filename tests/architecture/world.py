"""A small world behind every address: a private community, one person of each role, one thing of each kind.

A room that adds an address adds here what stands behind its arguments; a test says when it is missing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from passeur.accounts.tests.factories import AdministratorFactory, MemberFactory
from passeur.administration.tests.factories import BatchLineFactory
from passeur.channels.tests.factories import ChannelFactory
from passeur.communities import queries as communities
from passeur.communities.choices import Role
from passeur.communities.tests.factories import (
    CharterFactory,
    ClaimFactory,
    InvitationFactory,
    ManagerFactory,
    MembershipFactory,
    PrivateCommunityFactory,
)
from passeur.conversations.choices import Meaning
from passeur.conversations.tests.factories import ContributionFactory, judged, question
from passeur.expertise.tests.factories import ReferralFactory
from passeur.introductions.tests.factories import OpenIntroductionFactory
from passeur.rituals.tests.factories import OccurrenceFactory
from passeur.skills.tests.factories import SynonymFactory, ThemeFactory
from passeur.sponsors.queries import link_of
from passeur.sponsors.tests.factories import SponsorFactory
from passeur.writing.tests.factories import shown_in

NOTHING = 10**9  # the key of a thing that is not there


@dataclass(slots=True)
class World:
    """What the addresses lead to, and who asks for them."""

    community: Any
    conversation: Any
    answer: Any
    theme: Any
    synonym: Any
    invitation: Any
    claim: Any
    referral: Any
    file: Any
    introduction: Any
    occurrence: Any
    batch: Any
    sponsor: Any
    people: dict[str, Any] = field(default_factory=dict)


INSIDERS = ["member", "expert", "lcm", "training manager"]
OUTSIDERS = ["nobody's member", "former member"]
ROLES = [*INSIDERS, "administrator", *OUTSIDERS]
# For tests that go everywhere. On another server who sees most is enough: the others ask no queries more.
ONE_PER_SERVER = [pytest.param(role, marks=() if role == "lcm" else pytest.mark.walk) for role in ROLES]


def build(community: Any = None) -> World:
    """The world, in the database of the test; in a private community of its own where none is given."""
    community = community or PrivateCommunityFactory.create()
    CharterFactory.create(community=community)
    people = {
        "member": MembershipFactory.create(community=community).member,
        "expert": MembershipFactory.create(community=community, role=Role.EXPERT).member,
        "lcm": ManagerFactory.create(community=community).member,
        "training manager": MembershipFactory.create(community=community, role=Role.TRAINING_MANAGER).member,
        "administrator": AdministratorFactory.create(),
        "nobody's member": MemberFactory.create(),
    }
    gone = MembershipFactory.create(community=community)
    gone.left_at = gone.joined_at
    gone.save()
    people["former member"] = gone.member
    asked = question(community=community, author=people["member"])
    channel = ChannelFactory.create(community=community)
    answer = ContributionFactory.create(
        conversation=asked, author=people["expert"], channel=channel, external_id="7"
    )
    theme = ThemeFactory.create(community=community)
    return World(
        community=community,
        conversation=judged(asked),
        answer=answer,
        theme=theme,
        synonym=SynonymFactory.create(theme=theme),
        invitation=InvitationFactory.create(community=community),
        claim=ClaimFactory.create(community=community, claimant=people["member"]),
        referral=ReferralFactory.create(conversation=asked, member=people["expert"]),
        introduction=OpenIntroductionFactory.create(
            community=community, first=people["member"], second=people["expert"]
        ),
        file=shown_in(answer.pk, by=people["expert"]),
        occurrence=OccurrenceFactory.create(
            ritual__community=community, ritual__owner=people["member"], ritual__substitute=people["expert"]
        ),
        batch=BatchLineFactory.create(community=community).batch,
        sponsor=SponsorFactory.create(community=community, named_by=people["lcm"]),
        people=people,
    )


Argument = Callable[[World], Any]

# By the name of the argument, and by room or address where one name means several things.
ARGUMENTS: dict[str, Argument] = {
    "slug": lambda world: world.community.slug,
    "theme_slug": lambda world: world.theme.slug,
    "version": lambda world: 1,
    "writing:key": lambda world: world.file.key,
    "writing:name": lambda world: world.file.name,
    "token": lambda world: communities.token_of(world.invitation),
    "kind": lambda world: "question",
    "meaning": lambda world: Meaning.values[0],
    "uidb36": lambda world: "1",
    "key": lambda world: "nothing-such",
    "name": lambda world: "reply",
    "conversations:from-outside:kind": lambda world: world.answer.channel.kind,
    "address": lambda world: world.answer.channel.address,
    "external_id": lambda world: world.answer.external_id,
    "accounts:pk": lambda world: world.people["member"].pk,
    "accounts:end_session:pk": lambda world: NOTHING,
    "accounts:confirm_address:token": lambda world: "nothing-such",
    "mfa_remove_webauthn:pk": lambda world: NOTHING,
    "administration:archive:pk": lambda world: world.community.pk,
    "administration:invitation:pk": lambda world: world.invitation.pk,
    "administration:community": lambda world: world.community.pk,
    **dict.fromkeys(
        [f"administration:{name}:pk" for name in ["file", "progress", "run", "drop", "export_file"]],
        lambda world: world.batch.pk,
    ),
    "administration:pk": lambda world: world.people["member"].pk,
    "communities:pk": lambda world: world.people["member"].pk,
    "communities:renew_invitation:pk": lambda world: world.invitation.pk,
    "communities:decide_claim:pk": lambda world: world.claim.pk,
    "communities:claim:pk": lambda world: world.claim.imported.pk,
    "conversations:said": lambda world: NOTHING,
    "conversations:pk": lambda world: world.conversation.pk,
    "expertise:theme": lambda world: world.theme.pk,
    "expertise:pk": lambda world: world.referral.pk,
    "expertise:refer:pk": lambda world: world.conversation.pk,
    "skills:pk": lambda world: world.synonym.pk,
    "introductions:pk": lambda world: world.introduction.pk,
    "introductions:propose:pk": lambda world: world.people["member"].pk,
    "records:pk": lambda world: NOTHING,
    "records:gesture": lambda world: "pause",
    "records:key": lambda world: "00000000-0000-4000-8000-000000000000",
    "rituals:pk": lambda world: world.occurrence.ritual.pk,
    "rituals:hold:pk": lambda world: world.occurrence.pk,
    "rituals:gesture:gesture": lambda world: "pause",
    "sponsors:pk": lambda world: world.sponsor.pk,
    "sponsors:token": lambda world: link_of(world.sponsor),
    "outreach:pk": lambda world: NOTHING,
    "notifications:pk": lambda world: NOTHING,
    "notifications:token": lambda world: "nothing-such",
    "feed:theme:pk": lambda world: world.theme.pk,
    "feed:conversation:pk": lambda world: world.conversation.pk,
    "feed:theme:gesture": lambda world: "less",
    "feed:conversation:gesture": lambda world: "pass",
    "desk:pk": lambda world: NOTHING,
    "dashboards:page": lambda world: "response",
    "dashboards:tile": lambda world: "nothing-such",
    "dashboards:form": lambda world: "csv",
    **{
        f"conversations:{name}:pk": lambda world: world.answer.pk
        for name in [
            "contribution", "comment", "edit", "history", "accept", "delete", "restore", "react", "spotlight",
            "end-spotlight",
        ]
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the product: its name, its view's mark and what stands behind its arguments."""

    name: str
    access: str | None
    arguments: tuple[str, ...]

    def behind(self, argument: str) -> Argument | None:
        room = self.name.split(":")[0]
        for key in (f"{self.name}:{argument}", f"{room}:{argument}", argument):
            if key in ARGUMENTS:
                return ARGUMENTS[key]
        return None

    def values(self, world: World) -> dict[str, Any]:
        found = {argument: self.behind(argument) for argument in self.arguments}
        return {argument: value(world) for argument, value in found.items() if value is not None}


def addresses() -> list[Address]:
    """All of them, with their namespaces."""
    return sorted(_walk(get_resolver(), ""), key=lambda address: address.name)


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _walk(pattern, inner)
        elif isinstance(pattern, URLPattern):
            arguments = tuple(pattern.pattern.converters) or tuple(pattern.pattern.regex.groupindex)
            yield Address(f"{prefix}{pattern.name}", getattr(pattern.callback, "access", None), arguments)
