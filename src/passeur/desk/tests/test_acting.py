"""Acting on a cue in its page: forms in place and as pages, focus, toasts, undo, refusals."""

import pytest
from django.urls import reverse

from passeur.conversations import services as conversations
from passeur.conversations.tests.factories import SearchMissFactory

from .. import services
from ..models import Step

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def asked(place):
    return place.asked(place.member("Karim Haddad"), hours=26)


def at(name, place, cue_key, *more):
    return reverse(f"desk:{name}", args=[place.community.slug, cue_key, *more])


def body(response):
    return response.content.decode()


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
