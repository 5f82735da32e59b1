"""Who finds what: rights, filters, pages, and a fixed number of queries."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import MembershipFactory, PrivateCommunityFactory
from passeur.skills.tests.factories import ThemeFactory

from ..choices import Kind, Part, State
from ..models import SearchDocument
from ..queries.search import Scope, exists_anywhere, parse, search, titles
from ..queries.search.tsqueries import Lexemes, finding
from ..services import indexing
from .factories import ConversationThemeFactory, ReactionFactory, at
from .searches import asked, found, open_community, said, titles_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return MemberFactory.create()


@pytest.fixture
def community():
    return open_community()


def test_a_private_community_is_searched_by_its_members_only(member) -> None:
    private = PrivateCommunityFactory.create(language="fr")
    asked("Le secret du stock", community=private)
    assert found(member, "stock") == []
    assert titles(member, "stock", most=3) == []
    assert not exists_anywhere(member, parse("stock"), None)
    assert search(member, "stock zzzz").suggestion is None
    MembershipFactory.create(member=member, community=private)
    assert found(member, "stock") == ["Le secret du stock"]


def test_archived_communities_are_searched_too(member) -> None:
    archived = open_community(archived_at=at(0))
    asked("Un vieux stock", community=archived)
    assert found(member, "stock") == ["Un vieux stock"]


def test_a_theme_brings_those_under_it(member, community) -> None:
    broad = ThemeFactory.create(community=community, name="Sécurité")
    narrow = ThemeFactory.create(community=community, name="Consignation", parent=broad)
    for theme in (broad, narrow):
        theme.path = f"{theme.parent.path if theme.parent else '/'}{theme.pk}/"
        theme.save()
    ConversationThemeFactory.create(conversation=asked("Panne une", community=community), theme=narrow)
    asked("Panne deux", community=community)
    assert found(member, "panne", theme=broad) == ["Panne une"]


def test_community_kind_state_and_days_narrow(member, community) -> None:
    asked("Stock un", community=community, created_at=at(0))
    discussion = asked("Stock deux", community=community, created_at=at(48), kind=Kind.DISCUSSION)
    asked("Stock trois", "?", "Voilà.", community=open_community(), created_at=at(96))
    assert found(member, "stock", community=community, kind=Kind.QUESTION) == ["Stock un"]
    assert found(member, "stock", kind=Kind.DISCUSSION) == ["Stock deux"]
    assert found(member, "stock", state=State.ANSWERED) == ["Stock trois"]
    day = discussion.created_at.date()
    assert found(member, "stock", since=day, until=day) == ["Stock deux"]
    assert found(member, "stock", until=day - dt.timedelta(days=1)) == ["Stock un"]


def test_an_author_is_who_asked_or_wrote_in_it(member, community) -> None:
    author = MemberFactory.create()
    asked("Stock un", community=community, author=author)
    conversation = asked("Stock deux", community=community)
    said(conversation, "Voilà.", author=author)
    gone = asked("Stock trois", community=community)
    said(gone, "Erreur.", author=author, deleted_at=at(2))
    assert set(found(member, "stock", authors=[author.pk])) == {"Stock un", "Stock deux"}


def test_pages_hold_each_result_once_and_lead_both_ways(member, community) -> None:
    for n in range(7):
        asked(f"Stock {n}", community=community)
    first = search(member, "stock", size=3)
    second = search(member, "stock", size=3, cursor=first.next)
    third = search(member, "stock", size=3, cursor=second.next)
    assert [(page.first, page.last, page.total) for page in (first, second, third)] == [
        (1, 3, 7),
        (4, 6, 7),
        (7, 7, 7),
    ]
    everything = titles_of(first) + titles_of(second) + titles_of(third)
    assert len(set(everything)) == 7
    assert not third.next
    assert not first.previous
    assert titles_of(search(member, "stock", size=3, cursor=third.previous)) == titles_of(second)
    assert titles_of(search(member, "stock", size=3, cursor="after-x9")) == titles_of(first)


def test_the_number_of_queries_does_not_depend_on_the_results(member, community) -> None:
    def spent() -> int:
        with CaptureQueriesContext(connection) as queries:
            search(member, "stock palette")
        return len(queries)

    def fill(n: int) -> None:
        theme = ThemeFactory.create(community=community)
        for _ in range(n):
            conversation = asked("Stock de palettes", "Le stock.", "Une palette.", community=community)
            ConversationThemeFactory.create(conversation=conversation, theme=theme)

    fill(1)
    few = spent()
    fill(12)
    assert spent() == few <= 8


def test_words_that_nobody_wrote_are_named(member, community) -> None:
    asked("Stock de palettes", community=community)
    page = search(member, "stock zzzz palettes -jardin")
    assert page.suggestion is not None
    assert page.suggestion.left_out == ("zzzz",)
    assert page.suggestion.text == "stock palettes -jardin"
    assert search(member, page.suggestion.text).total == 1


def test_no_shorter_search_is_offered_when_it_finds_nothing_either(member, community) -> None:
    asked("Stock", community=community)
    asked("Palettes", community=community)
    assert search(member, "stock palettes zzzz").suggestion is None
    assert search(member, "zzzz").suggestion is None


def test_indexing_again_changes_nothing_and_follows_what_changed(member, community) -> None:
    conversation = asked("Stock", community=community)
    before = SearchDocument.objects.get(pk=conversation.pk).words
    assert indexing.index([conversation.pk, conversation.pk, 10**9]) == 1
    assert SearchDocument.objects.get(pk=conversation.pk).words == before
    conversation.title = "Palettes"
    conversation.save()
    indexing.index()
    assert found(member, "stock") == []
    assert found(member, "palette") == ["Palettes"]


def test_indexing_asks_as_much_for_many_as_for_few(community) -> None:
    some = [asked(f"Stock {n}", "Le stock.", "Une palette.", community=community).pk for n in range(6)]

    def spent(ids: list[int]) -> int:
        with CaptureQueriesContext(connection) as queries:
            indexing.index(ids)
        return len(queries)

    assert spent(some[:1]) == spent(some)


def test_a_reaction_is_no_reason_to_find_it(member, community) -> None:
    conversation = asked("Stock", community=community)
    ReactionFactory.create(contribution=conversation.contributions.get(part=Part.OPENING))
    indexing.index([conversation.pk])
    assert found(member, "merci") == found(member, "helps") == []


def test_the_words_are_found_through_their_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("set local enable_indexscan = off")
    written = Lexemes(finding(parse('stock -jardin "lot périmé"')))
    assert "search_weeks" in SearchDocument.objects.filter(words=written).explain()


def test_scope_says_whether_filters_narrow() -> None:
    assert not Scope().is_narrowed
    assert Scope(authors=[1]).is_narrowed
