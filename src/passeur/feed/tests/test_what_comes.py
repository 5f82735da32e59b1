"""What comes into a feed, why, and what never does."""

import pytest
from django.utils import timezone

from passeur.communities.choices import Entry
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory
from passeur.conversations.choices import Kind
from passeur.conversations.tests.factories import FollowFactory, MentionFactory, ReadMarkFactory
from passeur.expertise.tests.factories import ListingFactory, ReferralFactory

from .. import services
from ..choices import Nature, Section, View
from .factories import Home, SuggestionFactory, spaced


def test_an_answer_to_ones_question(home):
    mine = home.told(by=home.karim, hours=50)
    assert home.titles() == []
    answer = home.answered(mine)
    entry = home.entry(mine)
    assert (entry.nature, entry.text) == (Nature.ANSWERED, answer)
    assert spaced(entry) == ["Vous avez posé cette question"]


def test_ones_own_words_are_no_news(home):
    mine = home.told(by=home.karim)
    home.answered(mine, by=home.karim)
    assert home.titles() == home.titles(View.ALL) == []


def test_a_mention_and_a_followed_conversation(home):
    named, followed = home.told(hours=900), home.told(hours=900)
    MentionFactory.create(contribution=home.answered(named), member=home.karim)
    FollowFactory.create(conversation=followed, member=home.karim)
    home.answered(followed, hours=3)
    assert home.entry(named).nature == Nature.NAMED
    assert home.entry(followed).nature == Nature.FOLLOWED
    assert set(home.titles(View.FOLLOWED)) == {named.pk, followed.pk}


def test_a_followed_theme_brings_what_is_below_it_and_says_so(home):
    stocks = home.theme("Stocks", followed=True)
    below = home.theme("Inventaire", parent=stocks)
    told = home.told(below, kind=Kind.EXPERIENCE)
    entry = home.entry(told)
    assert entry.nature == Nature.TOLD
    assert spaced(entry) == ["Vous suivez le thème « Stocks »"]
    assert [(stop.what, stop.key) for stop in entry.stops] == [("theme", stocks.pk)]
    assert entry.less == below


def test_a_question_on_what_one_can_help_with(home):
    asked = home.told(home.theme("Codes article", skill=True))
    entry = home.entry(asked)
    assert entry.nature == Nature.HELP
    assert spaced(entry) == ["Vous dites pouvoir aider sur « Codes article »"]
    assert [part.section for part in home.feed().parts] == [Section.HELP]


@pytest.mark.parametrize("why", [[], [{"kind": "declared", "theme": "Caisse", "theme_id": 1}]])
def test_a_question_for_which_routing_thought_of_the_person(home, why):
    asked = home.told()
    ListingFactory.create(
        conversation=asked, community=home.community, order=[], why={str(home.karim.pk): why}, made_at=0
    )
    said = (
        "Vous dites pouvoir aider sur « Caisse »"
        if why
        else "Vos réponses passées sont proches de cette question"
    )
    assert home.why(asked) == [said]
    home.karim.receives_questions = False
    assert home.titles() == []


def test_a_request_comes_with_its_own_no(home):
    referral = ReferralFactory.create(conversation=home.told(), member=home.karim, made_at=home.ago(1))
    entry = home.entry(referral.conversation)
    assert (entry.nature, entry.request) == (Nature.ASKED, referral.pk)


def test_somebody_of_the_same_trade(home):
    ines = home.other("Inès Benali", job="approvisionneur")
    told = home.told(by=ines, kind=Kind.EXPERIENCE)
    assert home.why(told) == ["Inès Benali fait le même métier que vous"]
    assert home.titles(View.FOLLOWED) == []


def test_a_theme_beside_brings_what_was_solved(home):
    above = home.theme("Stocks")
    home.theme("Inventaire", parent=above, followed=True)
    beside = home.theme("Casse", parent=above)
    solved, open_one = home.told(beside, hours=500), home.told(beside)
    home.answered(solved, accepted=True)
    assert home.titles() == [solved.pk]
    assert home.entry(solved).nature == Nature.RESOLVED
    assert open_one.pk in home.titles(View.ALL)


def test_a_solved_question_close_to_ones_own(home):
    mine, solved = home.told(by=home.karim), home.told(hours=500)
    home.answered(solved, accepted=True)
    SuggestionFactory.create(member=home.karim, conversation=solved, near=mine)
    assert home.why(solved) == [f"Proche de votre question « {mine.title} »"]


def test_one_entry_a_conversation_with_all_its_reasons(home):
    theme = home.theme("Stocks", followed=True, skill=True)
    asked = home.told(theme, by=home.other("Inès Benali", job="Approvisionneur"))
    FollowFactory.create(conversation=asked, member=home.karim)
    home.answered(asked, by=home.other("Paul Rey"), accepted=True)
    assert home.titles() == [asked.pk]
    assert home.why(asked) == [
        "Vous suivez cet échange",
        "Vous suivez le thème « Stocks »",
        "Vous connaissez le thème « Stocks »",
        "Inès Benali fait le même métier que vous",
    ]


def test_what_was_read_since_falls_away_and_comes_back_with_something_new(home):
    told = home.told(home.theme(followed=True), kind=Kind.EXPERIENCE)
    mark = ReadMarkFactory.create(conversation=told, member=home.karim, read_until=home.ago(1))
    assert home.titles() == []
    mark.read_until = home.ago(30)
    mark.save()
    assert home.titles() == [told.pk]


def test_nothing_older_than_the_mark(home):
    told = home.told(home.theme(followed=True), hours=20, kind=Kind.EXPERIENCE)
    services.been_round(until=home.ago(10), by=home.karim)
    assert home.titles() == []
    assert home.titles(back=True) == [told.pk]


def test_what_was_taken_out_does_not_come(home):
    theme = home.theme(followed=True)
    told, mine = home.told(theme, kind=Kind.EXPERIENCE), home.told(by=home.karim)
    told.contributions.update(deleted_at=timezone.now())
    answer = home.answered(mine)
    answer.deleted_at = timezone.now()
    answer.save()
    assert home.titles() == home.titles(View.ALL) == []


@pytest.mark.parametrize("view", list(View))
def test_a_former_member_sees_nothing_of_what_they_left(home, view):
    told = home.told(home.theme(followed=True), kind=Kind.EXPERIENCE)
    FollowFactory.create(conversation=told, member=home.karim)
    MentionFactory.create(contribution=home.answered(told), member=home.karim)
    home.belonging.left_at = timezone.now()
    home.belonging.save()
    assert home.titles(view) == []


@pytest.mark.parametrize("view", list(View))
def test_a_stranger_sees_nothing_of_a_private_community(home, view):
    other = Home(entry=Entry.INVITATION)
    told = other.told(other.theme(), kind=Kind.EXPERIENCE)
    FollowFactory.create(conversation=told, member=home.karim)
    MentionFactory.create(contribution=other.answered(told), member=home.karim)
    SuggestionFactory.create(member=home.karim, conversation=told, near=told)
    assert home.titles(view) == []


@pytest.mark.parametrize("view", list(View))
def test_nothing_comes_from_an_archived_community(home, view):
    told = home.told(home.theme(followed=True), kind=Kind.EXPERIENCE)
    FollowFactory.create(conversation=told, member=home.karim)
    home.answered(told)
    home.community.archived_at = timezone.now()
    home.community.save()
    assert home.titles(view) == []


def test_one_community_when_that_is_asked(home):
    elsewhere = CommunityFactory.create()
    MembershipFactory.create(community=elsewhere, member=home.karim)
    here = home.told(kind=Kind.ANNOUNCEMENT)
    there = home.told(kind=Kind.ANNOUNCEMENT, community=elsewhere)
    assert set(home.titles()) == {here.pk, there.pk}
    assert home.titles(community=elsewhere.slug) == [there.pk]
    assert home.feed(community="nothing-such") is None


def test_it_ends_and_says_when_there_was_more(home):
    for _ in range(9):
        home.told(kind=Kind.ANNOUNCEMENT)
    assert len(home.titles()) == 6
    assert home.feed().goes_on
    assert len(home.titles(View.ALL)) == 9
    assert not home.feed(View.ALL).goes_on


def test_without_inferences_all_is_there_in_the_order_of_time(home):
    same_trade = home.other("Inès Benali", job="Approvisionneur")
    story = home.told(by=same_trade, kind=Kind.EXPERIENCE, hours=30)
    followed = home.told(home.theme(followed=True), kind=Kind.EXPERIENCE, hours=60)
    talk = home.told(kind=Kind.DISCUSSION, hours=10)
    services.use_inferences(on=False, by=home.karim)
    assert home.titles() == [talk.pk, story.pk, followed.pk]
    assert home.why(story) == [f"C’est nouveau dans « {home.community.name} »"]
