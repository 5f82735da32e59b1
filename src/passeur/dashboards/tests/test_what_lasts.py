"""What still holds, on *content and searches*: figures by hand, a list that counts the same, few people."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from passeur.communities.tests.factories import MembershipFactory
from passeur.conversations import services
from passeur.conversations.choices import Kind, Part
from passeur.conversations.services import lasting
from passeur.conversations.tests.factories import ContributionFactory, VerificationFactory, judged, question
from passeur.engagement.queries.slices import block_of

from ..protocols import Slice
from ..queries import content
from .stories import last_weeks, place

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
# Thirty words, three sentences; plain enough for anybody.
PLAIN = "<p>" + "Le chat dort sur le lit du roi et il ne voit pas le rat. " * 4 + "</p>"


def tile(board, key):
    return next(one for one in board.tiles if one.key == key)


def resolved(community, asker, author, days_ago, *, html=PLAIN):
    """A question with an answer accepted so many days ago."""
    at = timezone.now() - days_ago * DAY
    one = question(community=community, author=asker, created_at=at)
    answer = ContributionFactory.create(
        conversation=one, part=Part.ANSWER, author=author, created_at=at, html=html
    )
    one.accepted_answer, one.accepted_at, one.accepted_by = answer, at, asker
    one.save()
    return judged(one)


@pytest.fixture
def late_in_a_block(monkeypatch):
    """The last Friday of four weeks: what was told of them is of a block that is not over yet."""
    friday = block_of(timezone.localdate()) - 3 * DAY
    noon = dt.datetime.combine(friday, dt.time(12), dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)


@pytest.fixture
def story(db):
    """Six answers: three of late, two of last year, one of them looked at since, and one said to be wrong."""
    community, manager, members = place(8)
    made = [
        resolved(community, members[7], members[n], days) for n, days in enumerate((20, 21, 22, 400, 401, 23))
    ]
    VerificationFactory.create(contribution=made[4].accepted_answer, member=manager)
    services.say_it_no_longer_holds(conversation=made[5], reason="Le roi est mort.", by=members[7])
    lasting.tell([one.pk for one in made])
    return Slice(manager, (community,), last_weeks()), made, members


def test_the_share_in_date_what_is_to_be_read_again_and_how_fresh_it_is(story):
    part, _made, _members = story
    board = content.board(part)
    assert (tile(board, "verified").base, tile(board, "due").words) == ("4 sur 6 textes", "2")
    assert tile(board, "due").base == "Dont 1 signalé comme dépassé"
    assert 0.9 < tile(board, "freshness").value < 1
    # Eight weeks ago and longer, only what was accepted last year was there, of too few people to be told.
    assert tile(board, "verified").difference is None
    rows = next(one for one in board.charts if one.key == "fraicheur").table.rows
    assert [row[1].value for row in rows] == [4, 0, 0, 1, 1]


def test_the_tile_leads_to_the_list_that_it_counts_and_a_look_takes_its_line_away(client, story):
    part, made, members = story
    client.force_login(part.member)
    for left in ([made[3], made[5]], [made[5]]):
        page = client.get(reverse("dashboards:list", args=["content", "due"]))
        assert page.context["count"] == len(left) == tile(content.board(part), "due").value
        assert {one.pk for one in page.context["page"].items} == {one.pk for one in left}
        services.say_it_holds(conversation=made[3], by=members[3])
        lasting.tell([made[3].pk])
    services.take_verification_back(
        conversation=made[5], said=made[5].accepted_answer.verifications.get().pk, by=members[7]
    )
    lasting.tell([made[5].pk])
    assert client.get(reverse("dashboards:list", args=["content", "due"])).status_code == 404


@pytest.mark.usefixtures("late_in_a_block")
def test_who_wrote_and_reacted_weighs_and_nobody_s_reading_does(client, story):
    part, made, members = story
    # In a block that is over: who asked and who answered each, twelve to the nearest five.
    old = [resolved(part.communities[0], members[7], member, 60) for member in members[:6]]
    lasting.tell([one.pk for one in old])
    assert tile(content.board(part), "met").base == "10 sur 10 passages"
    before = tile(content.board(part), "met").value
    client.force_login(members[6])
    client.get(reverse("conversations:detail", args=[made[0].pk]))
    assert tile(content.board(part), "met").value == before
    assert "Passeur ne compte pas qui lit quoi" in tile(content.board(part), "met").definition


def test_readability_is_told_in_words_of_blocks_that_enough_people_wrote(story):
    part, _made, members = story
    old = [resolved(part.communities[0], members[7], member, 60) for member in members[:6]]
    lasting.tell([one.pk for one in old])
    found = tile(content.board(part), "reads-0")
    assert found.words == "Très facile"
    assert found.base.endswith("textes")
    assert not found.has_list


def test_what_was_before_is_told_without_a_dash_that_reads_as_a_minus(story):
    part, _made, members = story
    lasting.tell([resolved(part.communities[0], members[7], member, 100).pk for member in members[:6]])
    before = tile(content.board(part), "due").difference
    assert (before.words.replace("\xa0", " "), before.icon) == ("0 à la fin de la période d’avant", "history")


def test_an_experience_lasts_from_its_publication(story):
    part, _made, members = story
    told = question(community=part.communities[0], author=members[6], kind=Kind.EXPERIENCE,
                    created_at=timezone.now() - 3 * DAY)  # fmt: skip
    lasting.tell([told.pk])
    assert tile(content.board(part), "verified").base == "5 sur 7 textes"


def test_of_few_people_a_team_or_for_another_reader_nothing_of_it_is_told(story):
    part, _made, _members = story
    alone, manager, few = place(4)
    for n, member in enumerate(few):
        lasting.tell([resolved(alone, member, few[n - 1], 30 + n).pk])
    keys = {one.key: one for one in content.board(Slice(manager, (alone,), part.period)).tiles}
    assert "due" not in keys
    assert content.listed(Slice(manager, (alone,), part.period), "due") is None
    in_team = Slice(part.member, part.communities, part.period, team="Achats")
    assert content.listed(in_team, "due") is None
    assert not [one for one in content.board(in_team).tiles if one.key in {"due", "verified", "met"}]
    past = Slice(part.member, part.communities, part.period.previous)
    assert content.listed(past, "due") is None


def test_what_was_there_before_anybody_asked_is_told_once(story):
    part, _made, members = story
    more = resolved(part.communities[0], members[7], members[0], 10)
    assert lasting.UNTOLD.first() == [more.pk]
    assert lasting.tell_untold() == 1
    assert lasting.tell_untold() == 0
    assert tile(content.board(part), "verified").base == "5 sur 7 textes"


def test_files_hold_what_the_page_shows(client, story):
    part, _made, _members = story
    client.force_login(part.member)
    answer = client.get(reverse("dashboards:file", args=["content", "csv"]))
    sheet = b"".join(answer.streaming_content) if answer.streaming else answer.content
    for words in ("Vérifiés à temps", "À relire", "Fraîcheur", "Depuis quand a-t-on vérifié"):
        assert words in sheet.decode("utf-8-sig")


def test_a_member_reads_none_of_it(client, story):
    part, _made, _members = story
    client.force_login(MembershipFactory.create(community=part.communities[0]).member)
    assert client.get(reverse("dashboards:list", args=["content", "due"])).status_code in {403, 404}
