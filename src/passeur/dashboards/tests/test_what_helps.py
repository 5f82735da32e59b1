"""*Which texts help most*: by the lower bound, of enough people, each leading to its text; files too."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from passeur.communities.tests.factories import MembershipFactory
from passeur.conversations.choices import Kind, Meaning
from passeur.conversations.services import lasting
from passeur.conversations.tests.factories import (
    ConversationThemeFactory,
    ReactionFactory,
    VerificationFactory,
    question,
)
from passeur.skills.tests.factories import ThemeFactory

from ..protocols import Slice
from ..queries import content
from .stories import last_weeks, place

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def experience(community, author, title, *, useful, others=0):
    one = question(
        community=community,
        author=author,
        title=title,
        kind=Kind.EXPERIENCE,
        created_at=timezone.now() - 20 * DAY,
    )
    for _ in range(useful):
        ReactionFactory.create(contribution=one.contributions.get(), meaning=Meaning.HELPS)
    for _ in range(others):
        VerificationFactory.create(contribution=one.contributions.get(), holds=False, reason="Non.")
    lasting.tell([one.pk])
    return one


@pytest.fixture
def story():
    community, manager, members = place(8)
    made = [
        experience(community, members[0], "Cinq sur cinq", useful=5),
        experience(community, members[1], "Dix-neuf sur vingt", useful=19, others=1),
        experience(community, members[2], "Quatre sur quatre", useful=4),
        experience(community, members[3], "Deux sur huit", useful=2, others=6),
        experience(community, members[4], "Rien encore", useful=0),
    ]
    return Slice(manager, (community,), last_weeks()), made


def chart(board):
    return next((one for one in board.charts if one.key == "useful"), None)


def names(part):
    found = chart(content.board(part))
    return [row.name for row in found.rows] if found else None


def test_few_who_agree_stand_below_many_of_whom_nearly_all_do(story):
    part, made = story
    assert names(part) == ["Dix-neuf sur vingt", "Cinq sur cinq", "Deux sur huit"]
    first = chart(content.board(part)).rows[0]
    assert (first.point.value, first.more[0].text) == (0.95, "19 sur 20")
    assert first.point.low == pytest.approx(0.764, abs=1e-3)
    assert first.href == reverse("conversations:detail", args=[made[1].pk])


def test_who_needs_ten_people_reads_of_texts_of_ten(story):
    part, _made = story
    with_ten = Slice(part.member, part.communities, part.period, smallest=10)
    assert names(with_ten) is None  # five wrote what lasts
    for n in range(6):
        experience(
            part.communities[0],
            MembershipFactory.create(community=part.communities[0]).member,
            f"{n}",
            useful=0,
        )
    assert names(with_ten) == ["Dix-neuf sur vingt"]


def test_it_tells_of_today_and_of_no_team(story):
    part, _made = story
    assert names(Slice(part.member, part.communities, part.period.previous)) is None
    assert names(Slice(part.member, part.communities, part.period, team="Achats")) is None


def test_of_a_theme_those_in_it_or_below_it(story):
    part, made = story
    above = ThemeFactory.create(community=part.communities[0])
    below = ThemeFactory.create(community=part.communities[0], parent=above)
    for one in made[1:]:
        ConversationThemeFactory.create(conversation=one, theme=below)
    # Beside it, enough others must have written.
    for n in range(5):
        experience(
            part.communities[0],
            MembershipFactory.create(community=part.communities[0]).member,
            f"{n}",
            useful=0,
        )
    experience(part.communities[0], part.communities[0].memberships.last().member, "Un de plus", useful=0)
    five = experience(
        part.communities[0], MembershipFactory.create(community=part.communities[0]).member, "x", useful=0
    )
    ConversationThemeFactory.create(conversation=five, theme=above)
    lasting.tell([one.pk for one in (*made, five)])
    assert names(Slice(part.member, part.communities, part.period, above)) == [
        "Dix-neuf sur vingt",
        "Deux sur huit",
    ]


def test_of_few_authors_nothing_is_told():
    community, manager, members = place(8)
    for n in range(4):
        experience(community, members[n], f"Texte {n}", useful=6)
    assert names(Slice(manager, (community,), last_weeks())) is None


def test_files_hold_it_and_the_page_defines_it(client, story):
    part, _made = story
    client.force_login(part.member)
    page = client.get(reverse("dashboards:page", args=["content"])).content.decode()
    assert "Quels textes aident le plus" in page
    answer = client.get(reverse("dashboards:file", args=["content", "csv"]))
    sheet = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode("utf-8-sig")
    assert "Dix-neuf sur vingt" in sheet
    assert client.get(reverse("dashboards:file", args=["content", "xlsx"])).status_code == 200
    assert 'id="content-useful"' in client.get(reverse("dashboards:definitions")).content.decode()
