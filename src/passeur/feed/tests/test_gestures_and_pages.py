"""Gestures act at once and can be undone; the page ends; its queries do not grow with what it shows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from passeur.accounts.protocols import Traces
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory
from passeur.conversations.choices import Kind
from passeur.conversations.tests.factories import ContributionFactory, FollowFactory
from passeur.skills import queries as skills
from passeur.skills.tests.factories import ThemeFactory

from .. import queries, services
from ..choices import View
from ..models import Mark, Suggestion
from ..privacy import PERSONAL, FeedOfMine
from ..queries import choosing
from .factories import Home, LessFactory, MarkFactory, PassedFactory, SuggestionFactory

FEED = "/feed/"


def press(browser, home, name, *args):
    return browser.post(reverse(f"feed:{name}", args=args), follow=True)


def test_less_of_a_theme_takes_its_entries_out_and_undoing_brings_them_back(karim, home):
    theme = home.theme(followed=True)
    below = home.theme("Inventaire", parent=theme)
    told = home.told(below, kind=Kind.EXPERIENCE)
    press(karim, home, "theme", theme.pk, "less")
    assert home.titles() == []
    assert told.pk in home.titles(View.ALL)
    press(karim, home, "theme", theme.pk, "more")
    assert home.titles() == [told.pk]


def test_less_of_a_theme_leaves_what_concerns_one_directly(home):
    theme = home.theme()
    LessFactory.create(member=home.karim, theme=theme)
    mine = home.told(theme, by=home.karim, hours=40)
    home.answered(mine)
    assert home.titles() == [mine.pk]


def test_no_longer_following_a_theme_and_a_conversation(karim, home):
    theme = home.theme(followed=True)
    home.told(theme, kind=Kind.EXPERIENCE)
    followed = home.told(hours=900)
    FollowFactory.create(conversation=followed, member=home.karim)
    home.answered(followed)
    press(karim, home, "theme", theme.pk, "unfollow")
    assert home.titles() == [followed.pk]
    press(karim, home, "conversation", followed.pk, "unfollow")
    assert home.titles() == []
    press(karim, home, "conversation", followed.pk, "follow")
    press(karim, home, "theme", theme.pk, "follow")
    assert len(home.titles()) == 2
    assert list(skills.followed_by(home.karim, viewer=home.karim)) == [theme]


def test_not_this_time_and_after_all(karim, home):
    asked = home.told(home.theme(skill=True))
    page = press(karim, home, "conversation", asked.pk, "pass")
    assert b"personne n" in page.content
    assert home.titles() == []
    press(karim, home, "conversation", asked.pk, "back")
    assert home.titles() == [asked.pk]


def test_having_been_round_moves_forward_only_and_is_undone_once(home):
    services.been_round(until=home.ago(10), by=home.karim)
    services.been_round(until=home.ago(5), by=home.karim)
    assert not services.been_round(until=home.ago(8), by=home.karim)
    services.back_to_before(by=home.karim)
    mark = Mark.objects.get()
    assert round((home.ago(10) - mark.seen_until).total_seconds()) == 0
    assert mark.seen_before is None


def test_the_mark_is_never_past_now(home):
    services.been_round(until=home.ago(-100), by=home.karim)
    assert Mark.objects.get().seen_until <= home.ago(0)


def test_a_mark_that_cannot_be_read_is_said_and_changes_nothing(karim, home):
    for until in ("", "hier", "2026-13-45", "2026-11-28T10:00"):
        page = karim.post(reverse("feed:round"), {"until": until}, follow=True)
        assert "Ouvrez de nouveau votre fil" in page.content.decode()
    assert not Mark.objects.exclude(seen_until=None).exists()


def test_the_page_says_how_many_since_when_and_that_it_ends(karim, home):
    for _ in range(4):
        home.told(kind=Kind.ANNOUNCEMENT)
    page = karim.get(FEED).content.decode()
    assert "Quatre nouveautés depuis" in page
    assert "Vous êtes à jour" in page
    assert page.count("Pourquoi dans mon fil") == 4


def test_somebody_who_states_nothing_chooses_themes_once(karim, home):
    theme = home.theme()
    assert "De quoi aimeriez-vous" in karim.get(FEED).content.decode()
    karim.post(reverse("feed:choose"), {"theme": [theme.pk]})
    assert list(skills.followed_by(home.karim, viewer=home.karim)) == [theme]
    assert "De quoi aimeriez-vous" not in karim.get(FEED).content.decode()


def test_the_chooser_offers_what_is_spoken_of_and_keeps_the_rest_behind(karim, home, monkeypatch):
    monkeypatch.setattr(choosing, "READ", 14)  # its name comes after all that are read by name
    quiet = [home.theme(f"Calme {n:02}") for n in range(14)]
    spoken_of = home.theme("Zones de stockage")
    home.told(spoken_of)
    (offer,) = queries.offers(home.karim, [home.community.pk])
    assert offer.themes == [spoken_of, *quiet[:11]]
    assert offer.others == quiet[11:]
    page = karim.get(FEED).content.decode()
    assert "<summary>3 autres thèmes" in page
    karim.post(reverse("feed:choose"), {"theme": [quiet[13].pk]})
    assert list(skills.followed_by(home.karim, viewer=home.karim)) == [quiet[13]]


def test_of_many_communities_a_few_themes_each_are_offered_at_once(home):
    communities = [home.community, *CommunityFactory.create_batch(4)]
    for community in communities:
        if community != home.community:
            MembershipFactory.create(community=community, member=home.karim)
        for n in range(5):
            ThemeFactory.create(community=community, name=f"Thème {n}")
    offers = queries.offers(home.karim, [community.pk for community in communities])
    assert [(len(offer.themes), len(offer.others)) for offer in offers] == [(3, 2)] * 5


def test_the_chooser_can_be_passed(karim, home):
    home.theme()
    karim.post(reverse("feed:choose"), {"skip": "1"})
    assert "De quoi aimeriez-vous" not in karim.get(FEED).content.decode()


def test_themes_of_others_cannot_be_chosen(karim, home):
    other = Home().theme("Ailleurs")
    karim.post(reverse("feed:choose"), {"theme": [other.pk, "x"]})
    assert not skills.followed_by(home.karim, viewer=home.karim).exists()


def test_who_belongs_nowhere_is_shown_the_way(client, home):
    home.belonging.delete()
    client.force_login(home.karim)
    assert reverse("communities:list") in client.get(FEED).content.decode()


@pytest.mark.parametrize("query", ["?view=nothing", "?community=nothing"])
def test_unknown_views_and_communities_are_not_found(karim, query):
    assert karim.get(FEED + query).status_code == 404


def test_unknown_gestures_are_not_found(karim, home):
    told = home.told(home.theme())
    assert press(karim, home, "conversation", told.pk, "nothing").status_code == 404
    assert press(karim, home, "theme", told.themes.get().pk, "nothing").status_code == 404


def test_home_is_the_feed_for_members_and_the_desk_for_who_animates(karim, home):
    assert karim.get("/").headers["Location"] == FEED


def test_htmx_gets_the_feed_alone_with_the_place_of_focus(karim, home):
    theme = home.theme(skill=True)
    first, second = home.told(theme, hours=2), home.told(theme, hours=30)
    page = karim.post(
        reverse("feed:conversation", args=[first.pk, "pass"]),
        {"view": "for-you", "place": "0"},
        headers={"HX-Request": "true"},
    )
    assert page.headers["HX-Retarget"] == "#fil"
    assert f'id="entry-{second.pk}" data-focus' in page.content.decode()


@pytest.mark.parametrize("view", list(View))
def test_the_number_of_queries_does_not_grow(karim, home, view):
    def live(times):
        for _ in range(times):
            theme = home.theme(f"Thème {home.community.themes.count()}", followed=True)
            home.told(theme, kind=Kind.EXPERIENCE)
            home.told(home.theme(f"Savoir {home.community.themes.count()}", skill=True))
            mine = home.told(by=home.karim, hours=40)
            home.answered(mine)
            followed = home.told(theme, hours=40)
            FollowFactory.create(conversation=followed, member=home.karim)
            home.answered(followed, accepted=True)
            LessFactory.create(member=home.karim, theme=home.theme(f"Moins {home.community.themes.count()}"))
            PassedFactory.create(member=home.karim, conversation=mine)
            SuggestionFactory.create(member=home.karim, conversation=followed, near=mine)
            ContributionFactory.create(conversation=followed)

    def asked():
        with CaptureQueriesContext(connection) as seen:
            assert karim.get(FEED, {"view": view}).status_code == 200
        return len(seen)

    live(1)
    asked()
    few = asked()
    live(5)
    asked()
    assert asked() == few


def test_switching_inferences_off_forgets_them(home):
    SuggestionFactory.create(member=home.karim)
    room = FeedOfMine()
    assert room.choose(home.karim, PERSONAL, on=False)
    assert not Suggestion.objects.exists()
    assert [choice.is_on for choice in room.choices(home.karim)] == [False]
    assert not room.choose(home.karim, "other.switch", on=False)


def test_all_of_it_is_handed_out_and_erased(home):
    MarkFactory.create(member=home.karim, seen_until=home.ago(3))
    LessFactory.create(member=home.karim, theme=home.theme())
    PassedFactory.create(member=home.karim)
    SuggestionFactory.create(member=home.karim)
    room = FeedOfMine()
    handed = room.export(home.karim)
    assert handed["seen_until"]
    assert [len(handed[key]) for key in ("less_of", "passed_over", "suggested")] == [1, 1, 1]
    assert len(list(room.known(home.karim))) == 3
    room.erase(home.karim, traces=Traces((), (), ()))
    assert room.export(home.karim) == FeedOfMine().export(home.other())
    assert queries.mark_of(home.karim).seen_until is None
