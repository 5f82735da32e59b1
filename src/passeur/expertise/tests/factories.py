"""Evidence and requests for tests, and a small community that has answered a few questions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory
from passeur.conversations.choices import Kind, Part
from passeur.conversations.tests.factories import (
    ContributionFactory,
    ConversationFactory,
    ConversationThemeFactory,
    judged,
    question,
)
from passeur.skills.tests.factories import ThemeFactory

from .. import services
from ..choices import Scope, Text
from ..models import (
    Block,
    Evidence,
    Exchange,
    Listing,
    Queued,
    Referral,
    RoutingMeasure,
    Share,
    Tally,
    TextEntry,
    ThemeCount,
)


class EvidenceFactory(DjangoModelFactory[Evidence]):
    """A community of which nothing is known."""

    class Meta:
        model = Evidence

    community = SubFactory(CommunityFactory)


class ExchangeFactory(DjangoModelFactory[Exchange]):
    """A question that evidence knows of."""

    class Meta:
        model = Exchange

    conversation = SubFactory(ConversationFactory)
    community = LazyAttribute(lambda o: o.conversation.community)
    asker = LazyAttribute(lambda o: o.conversation.author)
    asked_at = LazyAttribute(lambda o: o.conversation.created_at.timestamp())
    themes: Any = LazyFunction(list)
    broader: Any = LazyFunction(list)


class ShareFactory(DjangoModelFactory[Share]):
    """Somebody answered it."""

    class Meta:
        model = Share

    exchange = SubFactory(ExchangeFactory)
    community = LazyAttribute(lambda o: o.exchange.community)
    person = SubFactory(MemberFactory)
    at = LazyAttribute(lambda o: o.exchange.asked_at + 3600)


class TallyFactory(DjangoModelFactory[Tally]):
    """One answer, once."""

    class Meta:
        model = Tally

    community = SubFactory(CommunityFactory)
    scope = Scope.OVERALL
    person = SubFactory(MemberFactory)
    week = month = quarter = year = 0.0
    latest = 0.0
    answers = 1


class ThemeCountFactory(DjangoModelFactory[ThemeCount]):
    """A theme that was asked about."""

    class Meta:
        model = ThemeCount

    theme = SubFactory(ThemeFactory)
    community = LazyAttribute(lambda o: o.theme.community)
    questions = 1


class TextEntryFactory(DjangoModelFactory[TextEntry]):
    """A question that was indexed."""

    class Meta:
        model = TextEntry

    exchange = SubFactory(ExchangeFactory)
    community = LazyAttribute(lambda o: o.exchange.community)
    kind = Text.QUESTION
    position = Sequence(int)
    object_id = LazyAttribute(lambda o: o.exchange.pk)
    person = LazyAttribute(lambda o: o.exchange.asker)
    at = LazyAttribute(lambda o: o.exchange.asked_at)


class BlockFactory(DjangoModelFactory[Block]):
    """A word that stands nowhere yet."""

    class Meta:
        model = Block

    community = SubFactory(CommunityFactory)
    kind = Text.QUESTION
    term = Sequence(int)
    number = 0
    positions = frequencies = lengths = b""


class ListingFactory(DjangoModelFactory[Listing]):
    """A list of nobody."""

    class Meta:
        model = Listing

    conversation = SubFactory(ConversationFactory)
    community = LazyAttribute(lambda o: o.conversation.community)
    order: Any = LazyFunction(list)
    made_at = LazyAttribute(lambda o: o.conversation.created_at.timestamp())


class ReferralFactory(DjangoModelFactory[Referral]):
    """Somebody was asked just now."""

    class Meta:
        model = Referral

    conversation = SubFactory(ConversationFactory)
    member = SubFactory(MemberFactory)
    expires_at = LazyFunction(lambda: timezone.now() + dt.timedelta(days=1))


class QueuedFactory(DjangoModelFactory[Queued]):
    """A question waits."""

    class Meta:
        model = Queued

    conversation = SubFactory(ConversationFactory)


class RoutingMeasureFactory(DjangoModelFactory[RoutingMeasure]):
    """Routing was measured on two hundred questions."""

    class Meta:
        model = RoutingMeasure

    community = SubFactory(CommunityFactory)
    report: Any = LazyFunction(lambda: {"n": 200, "routing": {"any": {"hit@5": 0.74}}})


@dataclass
class Town:
    """A community with a theme tree, in which people ask and answer; told in days before now."""

    community: Any = field(default_factory=CommunityFactory.create)
    themes: dict[str, Any] = field(default_factory=dict)

    def member(self, name: str, **fields: Any) -> Any:
        member = MemberFactory.create(name=name, **fields)
        MembershipFactory.create(community=self.community, member=member)
        return member

    def theme(self, name: str, parent: str | None = None) -> Any:
        above = self.themes[parent] if parent else None
        self.themes[name] = ThemeFactory.create(community=self.community, parent=above, name=name)
        return self.themes[name]

    def asked(
        self,
        by: Any,
        title: str,
        *themes: str,
        days: float = 0,
        body: str = "Je bloque.",
        kind: Kind = Kind.QUESTION,
    ) -> Any:
        """A question, so many days ago, or another kind of conversation."""
        at = timezone.now() - dt.timedelta(days=days)
        asked = question(
            community=self.community, author=by, kind=kind, title=title, created_at=at, opening=body
        )
        for position, name in enumerate(themes):
            ConversationThemeFactory.create(conversation=asked, theme=self.themes[name], position=position)
        return asked

    def answered(self, asked: Any, by: Any, text: str = "Voici comment.", *, accepted: bool = False) -> Any:
        """An answer, or a message where nothing is asked, an hour after."""
        at = asked.created_at + dt.timedelta(hours=1)
        part = Part.ANSWER if asked.asks and asked.author != by else Part.REPLY
        given = ContributionFactory.create(conversation=asked, author=by, part=part, body=text, created_at=at)
        if accepted:
            asked.accepted_answer, asked.accepted_at, asked.accepted_by = given, at, asked.author
            asked.save()
        judged(asked)
        return given

    def expert(self, name: str, *themes: str, times: int = 3, **fields: Any) -> Any:
        """Somebody who has answered so many questions on these themes, each accepted."""
        person = self.member(name, **fields)
        curious = self.member(f"Curieux de {name}")
        for n in range(times):
            asked = self.asked(curious, f"Question {n} pour {name}", *themes, days=30 - n)
            self.answered(asked, person, accepted=True)
        return person

    def known(self) -> None:
        """Count what happened so far."""
        services.rebuild(self.community.pk)
