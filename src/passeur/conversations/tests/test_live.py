"""An open page learns of what changed, as long as it may, and misses nothing."""

import asyncio

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, connections, transaction

from passeur.accounts import services as accounts
from passeur.accounts.tests.factories import MemberFactory
from passeur.communities import policies as community_policies
from passeur.communities import services as communities
from passeur.communities.choices import Entry, Role
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory
from passeur.foundation import live
from passeur.foundation.live import hub
from passeur.foundation.tests.streams import act, catching_up, connected, listening, opened, run, session_of

from .. import services
from ..choices import Kind

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_connection_is_left():
    kept = connections["default"].settings_dict["CONN_MAX_AGE"]
    connections["default"].settings_dict["CONN_MAX_AGE"] = 0
    yield
    connections["default"].settings_dict["CONN_MAX_AGE"] = kept


@pytest.fixture
def community():
    return CommunityFactory.create(entry=Entry.INVITATION)


def belonging(community, **fields):
    member = MemberFactory.create()
    MembershipFactory.create(community=community, member=member, **fields)
    return member


@pytest.fixture
def lcm(community):
    return belonging(community, role=Role.LCM)


@pytest.fixture
def reader(community):
    return belonging(community)


@pytest.fixture
def asked(community, lcm):
    return services.start_conversation(
        community=community, kind=Kind.QUESTION, title="Qui sait ?", body="Dites.", by=lcm
    )


def on(conversation):
    return f"conversation:{conversation.pk}"


def say(conversation, by, body="Voilà."):
    return act(services.contribute, conversation=conversation, body=body, by=by)


def test_a_reply_is_told_without_a_word_of_it(asked, reader, lcm):
    session = session_of(reader)

    async def day():
        async with listening():
            page = await opened(session, on(asked), since=hub.position)
            await say(asked, lcm, "Un secret.")
            await page.hears("change")
            assert page.status == 200
            assert "secret" not in str(page.events)
            assert f'"conversation:{asked.pk}"' in page.events[-1][1]
            await page.leave()
            assert hub.size == 0

    run(day())


def test_what_is_rolled_back_is_told_to_nobody(asked, reader, lcm):
    session = session_of(reader)

    def try_and_fail():
        with transaction.atomic():
            services.contribute(conversation=asked, body="Peut-être.", by=lcm)
            transaction.set_rollback(True)

    async def day():
        async with listening():
            page = await opened(session, on(asked), since=hub.position)
            await act(try_and_fail)
            await say(asked, lcm)
            await page.hears("change")
            await asyncio.sleep(0.3)
            assert page.kinds().count("change") == 1
            await page.leave()

    run(day())


def test_an_announcement_needs_a_transaction(asked):
    with pytest.raises(transaction.TransactionManagementError):
        live.announce("conversation", asked.pk)


def test_strangers_hear_nothing_and_learn_nothing(asked, reader):
    outside = session_of(MemberFactory.create())
    inside = session_of(reader)

    async def day():
        async with listening():
            assert (await opened("", on(asked))).status == 401
            assert (await opened(outside, on(asked))).status == 404
            assert (await opened(outside, "conversation:999999")).status == 404
            assert (await opened(inside, "nothing:1")).status == 404
            assert (await opened(inside, on(asked), host="elsewhere.example")).status == 403
            assert (await opened(inside, on(asked), sec_fetch_site="cross-site")).status == 403
            assert hub.size == 0

    run(day())


def test_whoever_leaves_stops_hearing_at_once(asked, reader, community):
    session = session_of(reader)

    async def day():
        async with listening():
            page = await opened(session, on(asked), since=hub.position)
            await act(communities.leave, community=community, member=reader)
            await page.hears("end")
            assert ("lost", on(asked)) in [event[:2] for event in page.events]
            assert "change" not in page.kinds()
            await page.until(lambda one: one.ended)

    run(day())


@pytest.mark.parametrize("how", ["account", "session"])
def test_a_closed_account_and_an_ended_session_stop_hearing_at_once(asked, reader, lcm, how):
    session, administrator = session_of(reader), MemberFactory.create(is_administrator=True)

    async def day():
        async with listening():
            page = await opened(session, on(asked), since=hub.position)
            if how == "account":
                await act(accounts.close_account, member=reader, by=administrator)
            else:
                await act(lambda: Session.objects.filter(session_key=session).delete())
            await page.hears("end")
            await say(asked, lcm)
            assert "change" not in page.kinds()
            assert (await opened(session, on(asked))).status == 401

    run(day())


def test_rights_are_asked_at_each_announcement(asked, reader, lcm, community):
    """Even if nothing said that they changed."""
    session = session_of(reader)

    async def day():
        async with listening():
            page = await opened(session, on(asked), since=hub.position)
            await act(lambda: community.memberships.filter(member=reader).delete())
            await say(asked, lcm)
            await page.hears("end")
            assert "change" not in page.kinds()

    run(day())


def test_what_happens_between_reading_a_page_and_its_stream_is_told(asked, reader, lcm):
    session = session_of(reader)

    async def day():
        async with listening():
            read_at = hub.position
            await say(asked, lcm)
            page = await opened(session, on(asked), since=read_at)
            await page.hears(catching_up(read_at))
            assert len({"ask", "change"} & {*page.kinds()}) == 1
            stood = page.known
            await page.leave()
            await say(asked, lcm)
            again = await opened(session, on(asked), since=stood)
            await again.hears(catching_up(stood))
            assert len({"ask", "change"} & {*again.kinds()}) == 1
            await again.leave()

    run(day())


def test_what_commits_late_is_told_although_others_were_quicker(asked, reader, lcm, community):
    """A transaction that began first and ends last is not skipped by whoever heard the quick one."""
    other = services.start_conversation(
        community=community, kind=Kind.QUESTION, title="Autre ?", body="Dites.", by=lcm
    )
    session = session_of(reader)
    began, may_end = asyncio.Event(), asyncio.Event()

    async def day():
        loop = asyncio.get_running_loop()

        def slow():
            with transaction.atomic():
                services.contribute(conversation=asked, body="Lentement.", by=lcm)
                loop.call_soon_threadsafe(began.set)
                asyncio.run_coroutine_threadsafe(may_end.wait(), loop).result()

        async with listening():
            page = await opened(session, on(asked), on(other), since=hub.position)
            writing = asyncio.ensure_future(act(slow))
            await began.wait()
            await say(other, lcm)
            await page.hears("change")
            stood = page.known
            await page.leave()
            may_end.set()
            await writing
            again = await opened(session, on(asked), on(other), since=stood)
            if catching_up(stood) == "ask":
                await again.hears("ask")
            else:
                await again.until(lambda one: f'"{on(asked)}"' in str(one.events))
            await again.leave()

    run(day())


def test_a_cut_line_comes_back_and_open_pages_ask(asked, reader, lcm):
    session = session_of(reader)

    def cut():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'passeur live' AND datname = current_database()"
            )

    async def day():
        async with listening():
            page = await opened(session, on(asked), since=hub.position)
            await act(cut)
            async with asyncio.timeout(20):
                while hub.position:
                    await asyncio.sleep(0.01)
            await say(asked, lcm)  # nobody listens: this is what must not be missed
            await connected()
            await page.hears("ask")
            await say(asked, lcm)
            await page.hears("change")
            await page.leave()

    run(day())


def test_a_page_from_before_the_line_was_there_asks(asked, reader):
    session = session_of(reader)

    async def day():
        async with listening():
            for since in ("", "12-3", "nothing", f"{hub.position.split('-')[0]}-1"):
                page = await opened(session, on(asked), since=since)
                await page.hears("ask")
                await page.leave()

    run(day())


def test_one_person_holds_only_so_many_streams(asked, reader, monkeypatch):
    monkeypatch.setattr("passeur.foundation.live.endpoint.EACH", 2)
    session = session_of(reader)

    async def day():
        async with listening():
            pages = [await opened(session, on(asked)) for _ in range(3)]
            assert [page.status for page in pages] == [200, 200, 429]
            for page in pages:
                await page.leave()

    run(day())


@pytest.mark.parametrize("entry", [Entry.OPEN, Entry.INVITATION])
def test_many_are_judged_as_each_one_is(entry):
    """`readers` and `managers` answer for a crowd what `can_see` and `can_manage` answer for one."""
    community = CommunityFactory.create(entry=entry)
    crowd = [
        belonging(community), belonging(community, role=Role.LCM), MemberFactory.create(),
        MemberFactory.create(is_active=False),
    ]  # fmt: skip
    left = belonging(community)
    communities.leave(community=community, member=left)
    closed = belonging(community, role=Role.LCM)
    closed.is_active = False
    closed.save()
    crowd += [left, closed]
    keys = [member.pk for member in crowd]
    for archived in (None, community.created_at):
        community.archived_at = archived
        community.save()
        see = {member.pk for member in crowd if community_policies.can_see(member, community)}
        manage = {member.pk for member in crowd if community_policies.can_manage(member, community)}
        assert community_policies.readers(community, keys) == see
        assert community_policies.managers(community, keys) == manage
