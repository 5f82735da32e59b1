"""The pages of the desk: who gets in, what a tab shows, moves with and without JavaScript, true words."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import CommunityFactory
from passeur.conversations import services as conversations
from passeur.conversations.choices import Part
from passeur.conversations.tests.factories import SearchMissFactory

from .. import services
from ..choices import Snooze, View
from ..models import Step
from ..templatetags.desk import since_in_words
from ..views.greeting import day_in_words
from .factories import Place, StepFactory, always_open

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def place() -> Place:
    return Place()


@pytest.fixture
def asked(place):
    return place.asked(place.member("Karim Haddad"), hours=26)


@pytest.fixture
def naima(client, place):
    client.force_login(place.manager)
    return client


def at(name, place, cue_key, *more):
    return reverse(f"desk:{name}", args=[place.community.slug, cue_key, *more])


def body(response):
    return response.content.decode()


# Who gets in


@pytest.mark.parametrize("role", ["member", "expert", "training_manager"])
def test_who_animates_nothing_goes_to_conversations(client, place, role):
    client.force_login(place.member("Hugo", role=role))
    for name in ("desk:today", "desk:home"):
        assert client.get(reverse(name)).url == reverse("conversations:everywhere")


def test_an_lcm_starts_at_the_desk(naima):
    assert naima.get(reverse("desk:home")).url == reverse("desk:today")


@pytest.mark.parametrize("name", ["done", "snooze", "hand"])
@pytest.mark.parametrize("who", ["a member", "an LCM of elsewhere", "somebody of nowhere"])
def test_nobody_else_acts_on_a_cue(client, place, asked, name, who):
    person = {
        "a member": lambda: place.member("Hugo"),
        "an LCM of elsewhere": lambda: Place().manager,
        "somebody of nowhere": MemberFactory.create,
    }[who]()
    client.force_login(person)
    key = f"waiting-question:{asked.pk}"
    given = {"until": "tomorrow", "person": place.manager.pk}
    assert client.post(at(name, place, key), given).status_code == 404
    assert client.get(at("move", place, key, "answer")).status_code == 404
    assert client.post(at("move", place, key, "answer"), {"text": "Moi."}).status_code == 404
    assert not Step.objects.exists()


def test_nobody_else_undoes(client, place):
    step = StepFactory.create(community=place.community, by=place.manager)
    client.force_login(Place().manager)
    assert client.post(reverse("desk:undo", args=[step.pk])).status_code == 404


def test_gestures_are_not_made_by_reading(naima, place, asked):
    for name in ("done", "snooze", "hand"):
        assert naima.get(at(name, place, f"waiting-question:{asked.pk}")).status_code == 405


@pytest.mark.parametrize("query", [{"view": "everything"}, {"community": "no-such"}])
def test_an_unknown_value_is_an_error_never_everything(naima, query):
    assert naima.get(reverse("desk:today"), query).status_code == 404


def test_a_community_of_others_is_not_found(naima):
    assert naima.get(reverse("desk:today"), {"community": CommunityFactory.create().slug}).status_code == 404


# What a tab shows


def test_counts_on_the_tabs_are_the_lengths_of_their_lists(naima, place, asked):
    place.asked(place.member("Anaïs Girard", days=9), hours=20)
    for n in range(2):
        place.member(f"Ada {n}", days=40)
    other, third = (place.asked(place.member(name), hours=27) for name in ("Paul", "Mei"))
    community, by = place.community, place.manager
    services.snooze(community=community, key=f"waiting-question:{other.pk}", until=Snooze.MONTH, by=by)
    services.put_done(community=community, key=f"waiting-question:{third.pk}", by=by)
    for view in View:
        page = naima.get(reverse("desk:today"), {"view": view})
        shown = dict(page.context["tabs"])[view]
        rows = body(page).count("data-row") if view == View.DONE else body(page).count('class="cue')
        lists = body(page).count('<ol class="cues"') if view != View.DONE else 0
        assert rows - lists == shown
        assert shown > 0


def test_counts_stay_true_over_pages(naima, place):
    for n in range(17):
        place.member(f"Ada {n}", days=40)
    pages = [naima.get(reverse("desk:today"), {"view": "week", "page": page}) for page in (1, 2)]
    assert [len(page.context["lines"]) for page in pages] == [15, 2]
    assert dict(pages[0].context["tabs"])[View.WEEK] == 17
    assert "1 à 15 sur 17" in body(pages[0]).replace("\xa0", " ")


def test_figures_of_a_community_lead_to_exactly_their_list(naima, place, asked):
    mei = place.member("Mei Tran")
    unhelped = place.asked(mei, hours=5)
    place.wrote(unhelped, place.manager, hours=4)
    place.wrote(unhelped, mei, hours=3, part=Part.REPLY)
    place.asked(mei, hours=1)
    page = naima.get(reverse("desk:today"))
    (row,) = page.context["health"]
    assert (row["waiting"], row["not_helped"]) == (2, 1)
    for state, figure in (("waiting", 2), ("not_helped", 1)):
        (link,) = re.findall(rf'href="([^"]*\?state={state})"', body(page))
        assert len(naima.get(link).context["page"].items) == figure


def test_what_was_done_today_says_who_did_what(naima, place, asked):
    leila = place.member("Leïla Benali", role="lcm")
    services.put_done(community=place.community, key=f"waiting-question:{asked.pk}", by=leila)
    page = body(naima.get(reverse("desk:today"), {"view": "done"}))
    assert "Leïla Benali" in page
    assert "Comment fiabiliser l’import" in page
    assert "C’est fait." in page


def test_the_name_of_the_community_is_said_where_there_are_several(naima, place, asked):
    assert f"· {place.community.name}" not in body(naima.get(reverse("desk:today")))
    Place(always_open(name="Vente conseil"), manager=place.manager)
    assert f"· {place.community.name}" in body(naima.get(reverse("desk:today")))
    one = naima.get(reverse("desk:today"), {"community": place.community.slug})
    assert f"· {place.community.name}" not in body(one)


def test_reading_a_list_with_people_is_logged_for_them(naima, place, client):
    anais = place.member("Anaïs Girard", days=9)
    for _ in range(2):
        naima.get(reverse("desk:today"))
    (reading,) = anais.consultations.all()
    assert (reading.reader, reading.rule) == (place.manager, "never-exchanged")
    client.force_login(anais)
    page = body(client.get(reverse("accounts:profile", args=[anais.pk])))
    assert "Qui a consulté une liste où vous étiez" in page
    assert "Naïma Ferrand" in page
    client.force_login(place.manager)
    assert "Qui a consulté une liste" not in body(client.get(reverse("accounts:profile", args=[anais.pk])))


# Moves


def test_a_move_that_asks_nothing_is_done_at_once(naima, place, asked):
    mei = place.member("Mei Tran")
    place.knows(asked, mei)
    key = f"waiting-question:{asked.pk}"
    done = naima.post(at("move", place, key, f"refer-{mei.pk}"), {"view": "today", "place": "0"})
    assert done.url == f"{reverse('desk:today')}?view=today"
    assert asked.referrals.get().member == mei


def test_a_form_opens_in_place_and_as_a_page(naima, place, asked):
    url = at("move", place, f"waiting-question:{asked.pk}", "answer")
    page, fragment = body(naima.get(url)), body(naima.get(url, headers=FRAGMENT))
    assert "<html" in page
    assert "hx-post" not in page.split("<main")[1].split('<form class="form"')[1].split(">")[0]
    assert "<html" not in fragment
    assert "data-focus" in fragment
    assert 'hx-target="#desk"' in fragment


def test_a_draft_is_there_and_an_emptied_text_is_asked_for_again(naima, place):
    anais = place.member("Anaïs Girard", days=9)
    url = at("move", place, f"never-exchanged:{anais.pk}", f"write_to-{anais.pk}")
    assert "Bienvenue parmi nous" in body(naima.get(url))
    again = naima.post(url, {"text": "  "}, headers=FRAGMENT)
    assert again.status_code == 422
    assert again.headers["HX-Retarget"] == f"#move-cue-{place.community.pk}-never-exchanged-{anais.pk}"
    assert "Il manque le texte" in body(again)
    assert not Step.objects.exists()


def test_a_text_that_is_too_long_is_kept_and_told(naima, place, asked):
    url = at("move", place, f"waiting-question:{asked.pk}", "answer")
    again = naima.post(url, {"text": "a" * 4001})
    assert again.status_code == 422
    assert "dépasse 4\u202f000\xa0caractères" in body(again)
    assert "a" * 4001 in body(again)


def test_only_questions_with_an_answer_are_offered_to_point_to(naima, place, asked, run_jobs):
    mei = place.member("Mei Tran")
    titles = ["Fiabiliser l’import des stocks", "Fiabiliser l’import des ventes"]
    answered, waiting = (place.asked(mei, hours=900, title=title) for title in titles)
    conversations.contribute(conversation=answered, body="Voici.", by=place.manager)
    conversations.set_themes(conversation=waiting, themes=[], by=place.manager)
    run_jobs()
    page = body(naima.get(at("move", place, f"waiting-question:{asked.pk}", "point")))
    assert titles[0] in page
    assert titles[1] not in page


def test_somebody_must_be_chosen(naima, place):
    SearchMissFactory.create(community=place.community, times=4)
    cue = place.cue("missed-search")
    again = naima.post(at("move", place, cue.key, "ask_content"), {"text": "Racontez."})
    assert again.status_code == 422


def test_after_a_gesture_the_list_comes_back_with_focus_on_the_next_cue_and_a_toast(naima, place, asked):
    for n in range(2):
        place.asked(place.member(f"Ada {n}"), hours=25)
    url = at("done", place, f"waiting-question:{asked.pk}")
    answer = naima.post(url, {"view": "today", "page": "1", "place": "0"}, headers=FRAGMENT)
    fragment = body(answer)
    assert answer.headers["HX-Retarget"] == "#desk"
    assert fragment.count("data-focus") == 1
    assert 'class="cue at"' in fragment.split("data-focus")[0][-400:]
    assert reverse("desk:undo", args=[Step.objects.get().pk]) in fragment


def test_the_last_place_of_a_list_gives_focus_to_the_one_before(naima, place, asked):
    place.asked(place.member("Ada"), hours=30)
    url = at("done", place, f"waiting-question:{asked.pk}")
    fragment = body(naima.post(url, {"view": "today", "place": "1"}, headers=FRAGMENT))
    assert fragment.count("data-focus") == 1


def test_a_cue_that_is_gone_says_so_and_shows_the_list(naima, place, asked):
    place.wrote(asked, place.member("Mei Tran"), hours=1)
    url = at("move", place, f"waiting-question:{asked.pk}", "answer")
    for answer in (naima.get(url, headers=FRAGMENT), naima.post(url, {"text": "Moi."}, headers=FRAGMENT)):
        assert answer.headers["HX-Retarget"] == "#desk"
        assert "n’est plus d’actualité" in body(answer)
    assert naima.get(url).url == reverse("desk:today") + "?"


def test_an_unknown_date_or_person_is_told(naima, place, asked):
    key = f"waiting-question:{asked.pk}"
    for name, given, words in (
        ("snooze", {"until": "never"}, "Choisissez demain"),
        ("hand", {"person": place.member("Hugo").pk}, "Choisissez une personne"),
        ("hand", {"person": "x"}, "Choisissez une personne"),
    ):
        assert words in body(naima.post(at(name, place, key), given, headers=FRAGMENT))
    assert not Step.objects.exists()


def test_a_cue_is_handed_to_a_colleague(naima, place, asked):
    leila = place.member("Leïla Benali", role="lcm")
    assert "Confier à Leïla Benali" in body(naima.get(reverse("desk:today")))
    naima.post(at("hand", place, f"waiting-question:{asked.pk}"), {"person": leila.pk})
    naima.force_login(leila)
    assert "Confié par Naïma Ferrand à Leïla Benali" in body(naima.get(reverse("desk:today")))


def test_undo_from_a_toast_leads_back_to_the_page_and_the_cue(naima, place, asked):
    step = services.put_done(community=place.community, key=f"waiting-question:{asked.pk}", by=place.manager)
    back = naima.post(reverse("desk:undo", args=[step.pk]), {"next": "/desk/?view=today"})
    anchor = f"cue-{place.community.pk}-waiting-question-{asked.pk}"
    assert back.url == f"/desk/?view=today#{anchor}"
    assert f'id="{anchor}"' in body(naima.get(back.url))


# Words


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("today", "Bonjour Naïma, rien ne presse aujourd’hui"),
        ("week", "Bonjour Naïma, rien de plus cette semaine"),
        ("snoozed", "Bonjour Naïma, rien n’est reporté"),
        ("done", "Bonjour Naïma, rien n’est encore fait aujourd’hui"),
    ],
)
def test_an_empty_tab_says_what_is_true_of_it_and_what_to_do_next(naima, view, words):
    page = body(naima.get(reverse("desk:today"), {"view": view}))
    assert words in page
    assert re.search(r'<div class="empty">.*<a class="btn"', page, re.DOTALL)


def test_the_title_counts_in_words(naima, place):
    for n in range(4):
        place.asked(place.member(f"Ada {n}"), hours=25)
    assert "Bonjour Naïma, quatre signaux vous attendent" in body(naima.get(reverse("desk:today")))
    assert "Quatre personnes espèrent un signe de votre part." in body(naima.get(reverse("desk:today")))


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ((2026, 11, 25, 8, 12), "depuis 8\xa0h\xa012"),
        ((2026, 11, 24, 8, 12), "depuis mardi\xa024, 8\xa0h\xa012"),
        ((2026, 11, 23, 8, 12), "depuis lundi\xa023"),
        ((2026, 11, 12, 8, 12), "depuis jeudi\xa012"),
        ((2026, 11, 11, 8, 12), "depuis le 11\xa0novembre"),
        ((2026, 11, 1, 8, 12), "depuis le 1er\xa0novembre"),
        ((2025, 11, 11, 8, 12), "depuis le 11\xa0novembre 2025"),
    ],
)
def test_since_when(moment, words):
    with timezone.override("Europe/Paris"), translation.override("fr"):
        now = timezone.make_aware(dt.datetime(2026, 11, 25, 9, 0))
        assert since_in_words(timezone.make_aware(dt.datetime(*moment)), now) == words


def test_the_day_is_named_as_one_says_it():
    with timezone.override("Europe/Paris"), translation.override("fr"):
        night = dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC)
        assert day_in_words(night) == "Mercredi 25\xa0novembre"
