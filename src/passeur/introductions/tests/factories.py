"""Introductions for tests."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from factory.declarations import LazyAttribute, SubFactory
from factory.django import DjangoModelFactory

from passeur.communities.tests.factories import CommunityFactory, MembershipFactory

from ..choices import Answer, State
from ..models import Introduction, Message


class IntroductionFactory(DjangoModelFactory[Introduction]):
    """Passeur proposes two members of a community to each other."""

    class Meta:
        model = Introduction

    community = SubFactory(CommunityFactory)
    first: Any = LazyAttribute(lambda o: MembershipFactory(community=o.community).member)
    second: Any = LazyAttribute(lambda o: MembershipFactory(community=o.community).member)
    by_passeur = True


class OpenIntroductionFactory(IntroductionFactory):
    """Both said yes."""

    state = State.OPEN
    first_answer = Answer.YES
    second_answer = Answer.YES
    opened_at = LazyAttribute(lambda o: timezone.now())


class MessageFactory(DjangoModelFactory[Message]):
    """The first of the two writes."""

    class Meta:
        model = Message

    introduction = SubFactory(OpenIntroductionFactory)
    author = LazyAttribute(lambda o: o.introduction.first)
    text = "Bonjour, par quoi commencer ?"
