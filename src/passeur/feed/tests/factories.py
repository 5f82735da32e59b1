"""A member and what is around them, in a few short sentences; a factory a model."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from factory.declarations import SubFactory
from factory.django import DjangoModelFactory

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory
from passeur.conversations.choices import Part
from passeur.conversations.tests.factories import (
    ContributionFactory,
    ConversationFactory,
    ConversationThemeFactory,
    judged,
    question,
)
from passeur.skills.tests.factories import DeclaredSkillFactory, InterestFactory, ThemeFactory

from .. import queries
from ..choices import View
from ..models import Less, Mark, Passed, Suggestion


class MarkFactory(DjangoModelFactory[Mark]):
    """Somebody who has been round."""

    class Meta:
        model = Mark

    member = SubFactory(MemberFactory)


class LessFactory(DjangoModelFactory[Less]):
    """Less of a theme."""

    class Meta:
        model = Less

    member = SubFactory(MemberFactory)
    theme = SubFactory(ThemeFactory)


class PassedFactory(DjangoModelFactory[Passed]):
    """Not this time."""

    class Meta:
        model = Passed

    member = SubFactory(MemberFactory)
    conversation = SubFactory(ConversationFactory)


class SuggestionFactory(DjangoModelFactory[Suggestion]):
    """A solved question close to one of theirs."""

    class Meta:
        model = Suggestion

    member = SubFactory(MemberFactory)
    conversation = SubFactory(ConversationFactory)
    near = SubFactory(ConversationFactory)


def spaced(entry: Any) -> list[str]:
    """The reasons of an entry, with plain spaces."""
    return [reason.replace("\u00a0", " ") for reason in entry.reasons]


class Home:
    """Karim in a community, and what happens around him."""

    def __init__(self, **fields: Any) -> None:
        self.community = CommunityFactory.create(**fields)
        self.karim = MemberFactory.create(name="Karim Haddad", job="Approvisionneur", site="Lyon")
        self.belonging = MembershipFactory.create(community=self.community, member=self.karim)

    @staticmethod
    def ago(hours: float) -> dt.datetime:
        return timezone.now() - dt.timedelta(hours=hours)

    def other(self, name: str = "Mei Tran", **fields: Any) -> Any:
        return MembershipFactory.create(
            community=self.community, member=MemberFactory.create(name=name, **fields)
        ).member

    def theme(
        self, name: str = "Stocks", *, followed: bool = False, skill: bool = False, **fields: Any
    ) -> Any:
        theme = ThemeFactory.create(name=name, **{"community": self.community, **fields})
        if followed:
            InterestFactory.create(theme=theme, member=self.karim)
        if skill:
            DeclaredSkillFactory.create(theme=theme, member=self.karim)
        return theme

    def told(self, *themes: Any, hours: float = 20, by: Any = None, **fields: Any) -> Any:
        """A conversation begun so many hours ago, a question unless told otherwise."""
        made = question(
            **{
                "community": self.community,
                "author": by or self.other("Camille Roussel"),
                "created_at": self.ago(hours),
                **fields,
            }
        )
        for position, theme in enumerate(themes):
            ConversationThemeFactory.create(conversation=made, theme=theme, position=position)
        return made

    def answered(self, conversation: Any, *, hours: float = 2, by: Any = None, accepted: bool = False) -> Any:
        answer = ContributionFactory.create(
            conversation=conversation,
            part=Part.ANSWER,
            author=by or self.other(),
            created_at=self.ago(hours),
        )
        if accepted:
            conversation.accepted_answer, conversation.accepted_at = answer, self.ago(hours)
            conversation.save()
        judged(conversation)
        return answer

    def feed(self, view: View = View.FOR_YOU, **options: Any) -> Any:
        return queries.feed(self.karim, view, **options)

    def titles(self, view: View = View.FOR_YOU, **options: Any) -> list[int]:
        """The keys of the conversations in the feed, in their order."""
        return [entry.conversation.pk for entry in self.feed(view, **options).entries]

    def entry(self, conversation: Any, **options: Any) -> Any:
        return next(e for e in self.feed(**options).entries if e.conversation.pk == conversation.pk)

    def why(self, conversation: Any) -> list[str]:
        return spaced(self.entry(conversation))
