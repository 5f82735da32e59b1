"""A small indexed community to search in."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from passeur.communities.tests.factories import CommunityFactory

from ..choices import Part
from ..models import Contribution, Conversation
from ..queries.search import Scope, SearchPage, search
from ..services import indexing
from .factories import ContributionFactory, judged, question

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.communities.models import Community


def asked(title: str, opening: str = "", *answers: str, **fields) -> Conversation:
    """A question with its answers, findable."""
    conversation = question(title=title, opening=opening or "Voir le titre.", **fields)
    for n, text in enumerate(answers, start=1):
        said(conversation, text, created_at=conversation.created_at + dt.timedelta(hours=n))
    indexing.index([conversation.pk])
    return judged(conversation)


def said(conversation: Conversation, text: str, *, part: Part = Part.ANSWER, **fields) -> Contribution:
    """One more contribution, not indexed yet."""
    return ContributionFactory.create(conversation=conversation, part=part, body=text, **fields)


def found(member: Member, text: str, **scope) -> list[str]:
    """The titles of what is found, best first."""
    return titles_of(search(member, text, scope=Scope(**scope)))


def titles_of(page: SearchPage) -> list[str]:
    return [hit.conversation.title for hit in page.hits]


def open_community(**fields) -> Community:
    """Anybody may read it."""
    return CommunityFactory.create(**{"entry": "open", "language": "fr", **fields})
