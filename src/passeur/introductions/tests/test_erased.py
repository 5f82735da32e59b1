"""Who is erased leaves what they wrote to the other, without a name, and nothing that only waited."""

import pytest

from passeur.accounts.protocols import Traces, holders
from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory

from ..models import Introduction
from .factories import IntroductionFactory, MessageFactory, OpenIntroductionFactory

pytestmark = pytest.mark.django_db


def test_what_waited_goes_and_what_was_written_stays_without_the_name():
    community = CommunityFactory.create()
    gone = MembershipFactory.create(
        community=community, member=MemberFactory.create(name="Karim Haddad")
    ).member
    waiting = IntroductionFactory.create(community=community, first=gone)
    message = MessageFactory.create(
        introduction=OpenIntroductionFactory.create(community=community, first=gone),
        text="Bonjour, Karim Haddad ici.",
    )
    held = dict(holders())["introductions"]
    exported = {key: list(rows) for key, rows in held.export(gone).items()}
    assert len(exported["introductions"]) == 2
    assert [one["text"] for one in exported["messages"]] == [message.text]
    for _ in range(2):
        held.erase(gone, Traces(names=["Karim Haddad"], addresses=[], handles=[]))
    message.refresh_from_db()
    assert "Karim Haddad" not in message.text
    assert not Introduction.objects.filter(pk=waiting.pk).exists()
    assert Introduction.objects.filter(pk=message.introduction_id).exists()


def test_the_export_holds_no_words_of_the_other():
    message = MessageFactory.create()
    held = dict(holders())["introductions"]
    assert list(held.export(message.introduction.second)["messages"]) == []
