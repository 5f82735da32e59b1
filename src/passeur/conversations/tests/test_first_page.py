"""The first page of a list is read at once and kept by what it says: to each reader, what is theirs."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from passeur.communities.choices import Entry
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory
from passeur.conversations import services
from passeur.conversations.models import Conversation, ReadMark
from passeur.conversations.queries import first_page, lists
from passeur.conversations.tests.factories import ConversationThemeFactory, judged, question
from passeur.foundation import pagination, pure
from passeur.skills.tests.factories import ThemeFactory

pytestmark = pytest.mark.django_db
everywhere = reverse("conversations:everywhere")


@pytest.fixture
def community():
    return CommunityFactory.create(entry=Entry.INVITATION)


def member_of(community):
    return MembershipFactory.create(community=community).member


def page(client, member, address):
    client.force_login(member)
    return client.get(address).content.decode()


def shown(text):
    return re.findall(r'<h3><a href="/conversations/(\d+)/">', text)


def test_it_shows_what_any_other_page_shows(community, client):
    """The same conversations, as `listed` gives them, drawn of models: each row is the same to the letter."""
    reader = member_of(community)
    for number in range(3):
        asked = question(community=community)
        ConversationThemeFactory.create(conversation=asked, theme=ThemeFactory.create(community=community))
        ConversationThemeFactory.create(conversation=asked, theme=ThemeFactory.create(community=community))
        at = asked.last_activity_at - dt.timedelta(minutes=number)
        ReadMark.objects.create(conversation=asked, member=reader, read_until=at)
    for address in (everywhere, reverse("conversations:list", args=[community.slug])):
        rows = re.compile(r'<ul class="rows">.*?</ul>', re.DOTALL)
        read, asked_again = (page(client, reader, f"{address}{more}") for more in ("", "?mine="))
        narrowed = page(client, reader, f"{address}?kind=question")
        assert rows.findall(read) == rows.findall(asked_again) == rows.findall(narrowed)
        assert read.count("data-row") == 3
        assert "du nouveau depuis votre lecture" in read


def test_who_does_not_belong_is_never_given_what_was_kept_for_who_does(community, client):
    asked = question(community=community)
    within, without = member_of(community), member_of(CommunityFactory.create())
    assert shown(page(client, within, everywhere)) == [str(asked.pk)]
    assert shown(page(client, without, everywhere)) == []
    assert shown(page(client, within, everywhere)) == [str(asked.pk)]
    address = reverse("conversations:list", args=[community.slug])
    assert shown(page(client, within, address)) == [str(asked.pk)]
    client.force_login(without)
    assert client.get(address).status_code == 404


def test_a_change_is_seen_at_once(community, client):
    reader, asked = member_of(community), question(community=community)
    before = page(client, reader, everywhere)
    Conversation.objects.filter(pk=asked.pk).update(title="Quel <joint> à chaud ?")
    after = page(client, reader, everywhere)
    assert "Quel &lt;joint&gt; à chaud" in after
    assert "joint" not in before


def test_the_next_page_begins_after_the_last_of_the_first(community, client):
    reader = member_of(community)
    keys = [question(community=community).pk for _ in range(lists.PAGE_SIZE + 2)]
    first = page(client, reader, everywhere)
    onward = re.search(r'rel="next" href="(\?[^"]+)"', first)
    assert onward
    found = shown(first) + shown(page(client, reader, everywhere + onward[1].replace("&amp;", "&")))
    assert sorted(map(int, found)) == keys


def test_a_figure_beyond_what_is_counted_says_that_there_are_more(community, client, monkeypatch):
    reader = member_of(community)
    for _ in range(4):
        judged(question(community=community))
    pure.forget()
    monkeypatch.setattr(first_page, "COUNTED", 3)
    text = page(client, reader, everywhere).replace("\u00a0", " ").replace("\u202f", " ")
    figures = [figure for figure in re.findall(r'<span class="n">([^<]*)</span></a>', text) if figure != "0"]
    assert figures == ["3+", "3+"], "waiting, and all"
    assert "Plus de 3 questions attendent une réponse" in text
    exact = page(client, reader, f"{everywhere}?kind=question")
    assert '<span class="n">4</span>' in exact


def test_a_count_stops_where_one_stops_counting(community):
    reader = member_of(community)
    for _ in range(3):
        judged(question(community=community))
    said = first_page.figures(reader, community)
    assert first_page.counts(said)["waiting"] == 3
    assert "LIMIT" in first_page._in.counted(community=0, communities=[], state="").sql


def test_in_two_statements_beside_who_reads(community, client, django_assert_num_queries):
    reader = member_of(community)
    question(community=community)
    page(client, reader, everywhere)
    with django_assert_num_queries(5):  # session, member, what they may see, memberships, the page
        client.get(everywhere)


def test_somebody_who_names_the_reader_is_said_everywhere(community, client):
    reader, asked = member_of(community), question(community=community)
    services.contribute(conversation=asked, body=f"@{reader.handle} ?", by=member_of(community))
    said = first_page.read(reader, None)
    assert [one.pk for one in first_page.naming(said)] == [asked.pk]
    later = timezone.now() + lists.NAMED_LATELY + dt.timedelta(days=1)
    assert not lists.naming_among(lists.visible(reader), reader.pk, later)


def test_a_title_taken_out_reads_so_in_the_list_and_where_somebody_names_the_reader(community, client):
    reader, asked = member_of(community), question(community=community)
    services.contribute(conversation=asked, body=f"@{reader.handle} ?", by=member_of(community))
    Conversation.objects.filter(pk=asked.pk).update(title="")
    assert page(client, reader, everywhere).count(">Échange retiré</a>") == 2
    assert page(client, reader, f"{everywhere}?kind=question").count(">Échange retiré</a>") == 1


def test_a_cursor_is_that_of_the_rows_themselves(community):
    reader = member_of(community)
    for _ in range(3):
        question(community=community)
    lines = first_page.read(reader, None).rows("lines", first_page.Line)
    of_text = pagination.first(lines, lists.listed_by, size=2)
    assert of_text.next == pagination.page(lists.listed(reader, lists.Filters()), None, size=2).next
