"""A page that is open is told of reactions, and asks for those it does not show."""

import pytest

from passeur.communities.tests.factories import CommunityFactory, MembershipFactory

from .. import services
from ..choices import Kind, Meaning
from ..queries import reactions, threads

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return MembershipFactory.create(community=CommunityFactory.create()).member


@pytest.fixture
def told(reader):
    community = reader.memberships.get().community
    author = MembershipFactory.create(community=community).member
    return services.start_conversation(
        community=community, kind=Kind.EXPERIENCE, title="Trois mois après", body="Voilà.", by=author
    )


def known(told, reader) -> str:
    thread = threads.thread(told, reader=reader)
    shown = [thread.opening, *thread.entries]
    rows = [f"contribution-{e.contribution.pk}.{e.stamp}" for e in shown]
    return ",".join(rows + [f"reactions-{e.contribution.pk}.{reactions.tally(e.reactions)}" for e in shown])


def news(client, told, known):
    return client.get(f"/conversations/{told.pk}/news/", {"known": known})


def test_only_the_counts_that_changed_come_and_no_text(client, told, reader):
    client.force_login(reader)
    before = known(told, reader)
    assert news(client, told, before).status_code == 204
    other = MembershipFactory.create(community=told.community).member
    opening = told.contributions.get()
    services.react(contribution=opening, meaning=Meaning.HELPS, by=other)
    answer = news(client, told, before)
    assert f'id="reactions-{opening.pk}"' in answer.content.decode()
    assert "data-stamp" not in answer.content.decode()
    assert news(client, told, known(told, reader)).status_code == 204


def test_one_s_own_is_told_apart_from_somebody_else_s(told, reader):
    before = known(told, reader)
    services.react(contribution=told.contributions.get(), meaning=Meaning.HELPS, by=reader)
    mine = known(told, reader)
    services.react(contribution=told.contributions.get(), meaning=Meaning.HELPS, by=reader)
    other = MembershipFactory.create(community=told.community).member
    services.react(contribution=told.contributions.get(), meaning=Meaning.HELPS, by=other)
    assert len({before, mine, known(told, reader)}) == 3
