"""The pages of the desk: who gets in, what a tab shows, figures that lead to their list."""

import re

import pytest
from django.urls import reverse

from passeur.accounts.tests.factories import MemberFactory
from passeur.communities.tests.factories import CommunityFactory
from passeur.conversations.choices import Part

from .. import services
from ..choices import Snooze, View
from ..models import Step
from ..queries import entries
from .factories import Place, StepFactory, always_open

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(place):
    return place.asked(place.member("Karim Haddad"), hours=26)


def at(name, place, cue_key, *more):
    return reverse(f"desk:{name}", args=[place.community.slug, cue_key, *more])


def body(response):
    return response.content.decode()


# Who gets in


@pytest.mark.parametrize("role", ["member", "expert", "training_manager"])
def test_who_animates_nothing_starts_at_their_feed(client, place, role):
    client.force_login(place.member("Hugo", role=role))
    for name in ("desk:today", "desk:home"):
        assert client.get(reverse(name)).url == "/feed/"  # a room beside, known by its address


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


def lengths(page):
    """By list, how many lines its tab says there are."""
    return {view: n for view, n, _more in page.context["tabs"]}


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
        shown = lengths(page)[view]
        rows = body(page).count("data-row") if view == View.DONE else body(page).count('class="cue')
        lists = body(page).count('<ol class="cues"') if view != View.DONE else 0
        assert rows - lists == shown
        assert shown > 0


def test_counts_stay_true_over_pages(naima, place):
    for n in range(17):
        place.member(f"Ada {n}", days=40)
    pages = [naima.get(reverse("desk:today"), {"view": "week", "page": page}) for page in (1, 2)]
    assert [len(page.context["lines"]) for page in pages] == [15, 2]
    assert lengths(pages[0])[View.WEEK] == 17
    assert "1 à 15 sur 17" in body(pages[0]).replace("\xa0", " ")


def test_of_a_week_that_is_very_long_the_first_lines_are_counted_and_can_be_turned_to(
    naima, place, monkeypatch
):
    for n in range(19):
        place.member(f"Ada {n}", days=40)
    monkeypatch.setattr(entries, "COUNTED", 17)
    pages = [naima.get(reverse("desk:today"), {"view": "week", "page": page}) for page in (1, 2, 3)]
    assert [page.context["page"].number for page in pages] == [1, 2, 2]
    said = body(pages[0]).replace("\xa0", " ")
    assert "plus de 17 signaux pour la semaine" in said
    assert '<span class="n">17+</span>' in said
    assert "1 à 15 sur plus de 17" in said
    shown = [page.context["lines"] for page in pages[:2]]
    assert [len(lines) for lines in shown] == [15, 2]


def test_figures_of_a_community_lead_to_exactly_their_list(naima, place, asked):
    mei = place.member("Mei Tran")
    unhelped = place.asked(mei, hours=5)
    place.wrote(unhelped, place.manager, hours=4)
    place.wrote(unhelped, mei, hours=3, part=Part.REPLY)
    place.asked(mei, hours=1)
    page = naima.get(reverse("desk:today"))
    (row,) = page.context["health"]
    assert (row.waiting, row.not_helped) == (2, 1)
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
