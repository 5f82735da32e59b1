"""Open pages of a private community, asked for by whoever may not read it: one answer, whatever is there."""

import pytest
from django.db import connections

from passeur.accounts.tests.factories import AdministratorFactory, MemberFactory
from passeur.communities import services as communities
from passeur.communities.choices import Role
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory, PrivateCommunityFactory
from passeur.conversations import services as conversations
from passeur.conversations.choices import Kind
from passeur.foundation.live import hub
from passeur.foundation.live.topics import _topics
from passeur.foundation.tests.streams import act, listening, opened, run, session_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_connection_is_left():
    kept = connections["default"].settings_dict["CONN_MAX_AGE"]
    connections["default"].settings_dict["CONN_MAX_AGE"] = 0
    yield
    connections["default"].settings_dict["CONN_MAX_AGE"] = kept


def test_no_topic_is_heard_from_outside_and_leaving_ends_what_was_heard():
    private, shared = PrivateCommunityFactory.create(), CommunityFactory.create()
    lcm = MembershipFactory.create(community=private, role=Role.LCM).member
    second = MembershipFactory.create(community=private, role=Role.LCM).member
    left = MembershipFactory.create(community=private).member
    communities.leave(community=private, member=left)
    outside = [
        "",
        *map(
            session_of,
            [
                MembershipFactory.create(community=shared, role=Role.LCM).member,
                AdministratorFactory.create(),
                MemberFactory.create(),
                left,
            ],
        ),
    ]
    asked = conversations.start_conversation(
        community=private, kind=Kind.QUESTION, title="Combien au juste", body="Dites.", by=lcm
    )
    inside = session_of(second)
    kept = [f"conversation:{asked.pk}", f"desk:{private.pk}"]
    there = {"conversation": asked.pk, "desk": private.pk}  # what else can be heard is of a person

    async def day():
        async with listening():
            for session in outside:
                for topic in _topics:
                    nothing = (await opened(session, f"{topic}:999999999")).status
                    assert nothing in {401, 404}
                    answer = await opened(session, f"{topic}:{there.get(topic, lcm.pk)}")
                    assert answer.status == nothing, topic
            page = await opened(inside, *kept, since=hub.position)
            assert page.status == 200
            await act(conversations.contribute, conversation=asked, body="Un secret.", by=lcm)
            await page.hears("change")
            assert "secret" not in str(page.events)
            told = page.kinds().count("change")
            await act(communities.remove_member, community=private, member=second, by=lcm)
            await page.hears("end")
            assert {words for kind, words, _ in page.events if kind == "lost"} == set(kept)
            assert page.kinds().count("change") == told
            assert hub.size == 0

    run(day())
