"""Who reads figures, what the filters do, and that the address holds all of it."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from passeur.communities.choices import Role
from passeur.communities.tests.factories import CommunityFactory, ManagerFactory, MembershipFactory
from passeur.conversations.tests.told import together
from passeur.engagement.tests.factories import PopulationFactory
from passeur.skills.tests.factories import ThemeFactory

from ..protocols import Period
from .stories import asked, inside, last_weeks, place, themed

pytestmark = pytest.mark.django_db
RESPONSE = "/dashboards/response/"


def how_many(page, tile):
    return next(one for one in page.context["board"].tiles if one.key == tile).value


def test_periods_are_whole_weeks_that_are_over():
    tuesday = dt.date(2026, 11, 24)
    assert Period.latest(4, tuesday) == Period(dt.date(2026, 10, 26), dt.date(2026, 11, 22))
    assert Period.latest(1, dt.date(2026, 11, 29)) == Period(dt.date(2026, 11, 16), dt.date(2026, 11, 22))
    chosen = Period.around(dt.date(2026, 11, 4), dt.date(2026, 11, 17))
    assert chosen == Period(dt.date(2026, 11, 2), dt.date(2026, 11, 22))
    assert chosen.previous == Period(dt.date(2026, 10, 12), dt.date(2026, 11, 1))


@pytest.mark.parametrize(
    ("role", "code"),
    [(Role.LCM, 200), (Role.TRAINING_MANAGER, 200), (Role.EXPERT, 403), (Role.MEMBER, 403)],
)
def test_figures_are_for_who_steers(client, role, code):
    client.force_login(MembershipFactory.create(role=role).member)
    assert client.get(RESPONSE).status_code == code
    assert client.get("/dashboards/response/file.csv").status_code == code


def test_a_community_that_one_does_not_steer_cannot_be_asked_for(client):
    manager = ManagerFactory.create().member
    other = MembershipFactory.create(member=manager).community
    client.force_login(manager)
    answer = client.get(RESPONSE, {"community": other.slug})
    assert answer.status_code == 422
    assert "pas de celles dont vous voyez les chiffres" in answer.content.decode()


def test_figures_begin_with_the_community_of_the_bar_which_follows_the_one_that_is_chosen(client):
    manager = ManagerFactory.create(community__name="Achats").member
    logistics = ManagerFactory.create(member=manager, community__name="Logistique").community
    read = MembershipFactory.create(member=manager, community__name="Lecture").community
    client.force_login(manager)

    def begins():
        return client.get("/dashboards/").headers["Location"]

    client.get(reverse("communities:detail", args=[read.slug]))
    assert "community=" not in begins()  # its figures are not this reader's
    client.get(RESPONSE, {"community": logistics.slug})
    assert begins().endswith(f"?community={logistics.slug}")
    client.get(RESPONSE)
    assert begins().endswith(f"?community={logistics.slug}")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"period": "7"}, "Cette période n’existe pas"),
        ({"period": "dates", "since": "2026-01-02"}, "Choisissez le premier et le dernier jour."),
        ({"period": "dates", "since": "hier", "until": "2026-01-02"}, "Écrivez le premier jour comme"),
        ({"period": "dates", "since": "2026-02-02", "until": "2026-01-02"}, "vient avant le premier"),
        ({"period": "dates", "since": "2010-02-02", "until": "2026-01-02"}, "cinq ans au plus"),
        ({"theme": "rien"}, "Ce thème n’existe pas dans cette communauté."),
    ],
)
def test_a_filter_that_makes_no_sense_gets_one_sentence(client, query, said):
    client.force_login(ManagerFactory.create().member)
    answer = client.get(RESPONSE, query)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_filters_narrow_and_stay_in_every_address(client):
    community, manager, members = place(12)
    theme = ThemeFactory.create(community=community)
    period = last_weeks()
    with together():
        for place_, member in enumerate(members):
            one = asked(community, member, inside(period), replied_after=1)
            if place_ < 6:
                themed(one, theme)
    other = CommunityFactory.create()
    ManagerFactory.create(community=other, member=manager)
    client.force_login(manager)
    query = f"?community={community.slug}&theme={theme.slug}&period=26"
    page = client.get(RESPONSE + query)
    assert how_many(page, "asked") == 6
    listed = reverse("dashboards:list", args=["response", "asked"])
    html = page.content.decode().replace("&amp;", "&")
    assert f'href="{listed}{query}"' in html
    assert f"file.xlsx{query}" in html
    assert len(client.get(listed + query).context["page"].items) == 6


def test_another_community_is_asked_for_without_the_theme_or_team_of_the_one_before(client):
    """Its theme is not there: whoever chooses another community means all of it."""
    community, manager, _members = place(6)
    theme = ThemeFactory.create(community=community)
    other = CommunityFactory.create()
    MembershipFactory.create(community=other, member=manager, role=Role.LCM)
    PopulationFactory.create(community=community.pk, team="Nord", bits=b"\xff", size=8)
    client.force_login(manager)
    for name, value in (("theme", theme.slug), ("team", "Nord")):
        asked_for = f"community={other.slug}&period=26&{name}={value}"
        answer = client.get(f"{RESPONSE}?{asked_for}")
        assert (answer.status_code, answer.url) == (302, f"{RESPONSE}?community={other.slug}&period=26")
        # No list or file is wider than its address says.
        assert client.get(f"/dashboards/response/file.csv?{asked_for}").status_code == 302


def test_whoever_chooses_days_begins_with_those_of_the_usual_period(client):
    community, manager, members = place(6)
    with together():
        for member in members:
            asked(community, member, inside(last_weeks()), replied_after=1)
    client.force_login(manager)
    page = client.get(RESPONSE, {"period": "dates", "since": "", "until": ""})
    assert how_many(page, "asked") == 6
    for name, day in (("since", last_weeks().first), ("until", last_weeks().last)):
        assert re.search(rf'name="{name}" value="{day}"', page.content.decode())


def test_what_was_chosen_stays_chosen_beside_what_is_said_of_it(client):
    community, manager, _members = place(6)
    theme = ThemeFactory.create(community=community)
    PopulationFactory.create(community=community.pk, team="Nord", bits=b"\xff", size=8)
    client.force_login(manager)
    html = client.get(RESPONSE, {"theme": theme.slug, "team": "Nord"}).content.decode()
    assert "les deux ensemble ne se comptent pas" in html
    assert f'value="{theme.slug}" selected' in html
    assert 'value="Nord" selected' in html


def test_a_place_without_anything_says_what_to_do(client):
    client.force_login(ManagerFactory.create().member)
    html = client.get(RESPONSE).content.decode()
    assert "Rien à montrer pour cette période" in html
    assert "invitez à poser la première" in html
    assert f'href="{RESPONSE}?period=52"' in html
    for longest in (f"{RESPONSE}?period=52", "/dashboards/network/"):
        assert not client.get(longest).context["wider"]


def test_dates_are_widened_to_whole_weeks_and_the_page_says_which(client):
    community, manager, members = place(6)
    moment = inside(last_weeks(1))
    with together():
        for member in members:
            asked(community, member, moment, replied_after=1)
    client.force_login(manager)
    day = timezone.localdate(moment).isoformat()
    page = client.get(RESPONSE, {"period": "dates", "since": day, "until": day})
    assert how_many(page, "asked") == 6
    assert "Du lundi" in page.content.decode()
    assert "comparée à la semaine d’avant" in page.content.decode()


def test_pages_are_read_without_script_and_no_picture_brings_style(client):
    community, manager, members = place(6)
    with together():
        for member in members:
            asked(community, member, inside(last_weeks()), replied_after=1)
    client.force_login(manager)
    html = client.get(RESPONSE).content.decode()
    assert 'type="submit">Appliquer' in html
    assert "<details><summary>Voir les chiffres en tableau" in html
    assert "style=" not in html


def test_an_unknown_page_list_or_file_is_not_there(client):
    client.force_login(ManagerFactory.create().member)
    for path in ("rien/", "response/list/rien/", "response/file.doc"):
        assert client.get(f"/dashboards/{path}").status_code == 404


def test_the_rows_of_a_list_stand_under_a_heading_of_the_second_level(client):
    community, manager, members = place(6)
    with together():
        for member in members:
            asked(community, member, inside(last_weeks()), replied_after=1)
    client.force_login(manager)
    page = client.get("/dashboards/response/list/asked/").content.decode()
    levels = re.findall(r"<h([1-6])", page[page.index("<main") :])
    assert levels[:8] == ["1", "2", *["3"] * 6]
