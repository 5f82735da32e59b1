"""Conversations for tests: a factory a model, and small sentences that tell a story."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import CommunityFactory

from ..choices import Kind, LinkKind, Meaning, Part, State
from ..models import (
    Contribution,
    Conversation,
    ConversationLink,
    ConversationTheme,
    Follow,
    Mention,
    MilestoneSight,
    Outdone,
    OutsideVote,
    Reaction,
    ReadMark,
    Revision,
    SearchMiss,
    Spotlight,
    StateCount,
    Verification,
)
from ..services import states

START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def at(hours: float) -> dt.datetime:
    """So many hours after the story began."""
    return START + dt.timedelta(hours=hours)


class ConversationFactory(DjangoModelFactory[Conversation]):
    """A question as it stands before anybody replied; `states.recompute` judges it anew."""

    class Meta:
        model = Conversation

    community = SubFactory(CommunityFactory)
    kind = Kind.QUESTION
    title = Sequence(lambda n: f"Comment fiabiliser l’import numéro {n} ?")
    author = SubFactory(MemberFactory)
    created_at = START


class ContributionFactory(DjangoModelFactory[Contribution]):
    """An answer, written an hour after the question."""

    class Meta:
        model = Contribution

    conversation = SubFactory(ConversationFactory)
    part = Part.ANSWER
    author = SubFactory(MemberFactory)
    body = "Gardez la ligne la plus récente."
    html = LazyAttribute(lambda o: f"<p>{o.body}</p>")
    created_at = LazyFunction(lambda: at(1))


def question(*, opening: str = "Une référence sur trois arrive en double.", **fields) -> Conversation:
    """A question with its opening, its state worked out."""
    conversation = ConversationFactory.create(**fields)
    ContributionFactory.create(
        conversation=conversation,
        part=Part.OPENING,
        author=conversation.author,
        body=opening,
        created_at=conversation.created_at,
    )
    return judged(conversation)


def judged(conversation: Conversation) -> Conversation:
    """The conversation with state, turn and figures as its contributions make them."""
    states.recompute([conversation.pk])
    conversation.refresh_from_db()
    return conversation


class ConversationThemeFactory(DjangoModelFactory[ConversationTheme]):
    """A theme on a conversation."""

    class Meta:
        model = ConversationTheme


class ConversationLinkFactory(DjangoModelFactory[ConversationLink]):
    """Two questions that people found close."""

    class Meta:
        model = ConversationLink

    source = SubFactory(ConversationFactory)
    target = SubFactory(ConversationFactory)
    kind = LinkKind.RELATED


class RevisionFactory(DjangoModelFactory[Revision]):
    """An earlier version."""

    class Meta:
        model = Revision

    contribution = SubFactory(ContributionFactory)
    version = 1
    body = "Gardez la première ligne."
    created_at = LazyFunction(timezone.now)


class OutsideVoteFactory(DjangoModelFactory[OutsideVote]):
    """Votes of one day elsewhere."""

    class Meta:
        model = OutsideVote

    contribution = SubFactory(ContributionFactory)
    day = START.date()
    up = 1


class ReactionFactory(DjangoModelFactory[Reaction]):
    """It helped somebody."""

    class Meta:
        model = Reaction

    contribution = SubFactory(ContributionFactory)
    member = SubFactory(MemberFactory)
    meaning = Meaning.HELPS


class FollowFactory(DjangoModelFactory[Follow]):
    """Somebody follows a conversation."""

    class Meta:
        model = Follow

    conversation = SubFactory(ConversationFactory)
    member = SubFactory(MemberFactory)


class MentionFactory(DjangoModelFactory[Mention]):
    """A text names somebody."""

    class Meta:
        model = Mention

    contribution = SubFactory(ContributionFactory)
    member = SubFactory(MemberFactory)


class OutdoneFactory(DjangoModelFactory[Outdone]):
    """An answer that was accepted until another one was."""

    class Meta:
        model = Outdone

    answer = SubFactory(ContributionFactory)
    accepted_at = LazyFunction(lambda: at(2))


class MilestoneSightFactory(DjangoModelFactory[MilestoneSight]):
    """A member who lets others see all of their milestones."""

    class Meta:
        model = MilestoneSight

    member = SubFactory(MemberFactory)
    rest = True


class ReadMarkFactory(DjangoModelFactory[ReadMark]):
    """Somebody read up to there."""

    class Meta:
        model = ReadMark

    conversation = SubFactory(ConversationFactory)
    member = SubFactory(MemberFactory)
    read_until = START


class SpotlightFactory(DjangoModelFactory[Spotlight]):
    """A contribution shown on the first page."""

    class Meta:
        model = Spotlight

    contribution = SubFactory(ContributionFactory)
    reason = "Un contrôle que chacun peut reprendre."


class VerificationFactory(DjangoModelFactory[Verification]):
    """Somebody says that an answer still holds."""

    class Meta:
        model = Verification

    contribution = SubFactory(ContributionFactory)
    member = SubFactory(MemberFactory)
    holds = True


class SearchMissFactory(DjangoModelFactory[SearchMiss]):
    """Words that found nothing."""

    class Meta:
        model = SearchMiss

    community = SubFactory(CommunityFactory)
    words = "macro inventaire"
    folded = LazyAttribute(lambda o: o.words.lower())


class StateCountFactory(DjangoModelFactory[StateCount]):
    """One conversation more in a state, as the triggers say it."""

    class Meta:
        model = StateCount

    community = SubFactory(CommunityFactory)
    state = State.OPEN
    n = 1
