"""*Network*: shares by hand, teams that are large enough, no list of people, the way to the desk."""

from typing import Any

import pytest
from django.urls import reverse

from passeur.communities.choices import Role
from passeur.communities.tests.factories import CommunityFactory, MembershipFactory
from passeur.engagement.queries.slices import block_of
from passeur.engagement.tests.factories import NetworkFactory
from passeur.foundation.charts import Lines, Web, Whisks

from ..protocols import Slice
from ..protocols.slices import DAY, WEEK
from ..queries import network
from .stories import last_weeks

pytestmark = pytest.mark.django_db
PERIOD = last_weeks()
LAST = block_of(PERIOD.last + DAY) - DAY
"""The last day of the newest block of the period."""
FIGURES: dict[str, Any] = {
    "people": 40, "isolated": 12, "unheard": 8, "one_tie": 10, "mutual": 10, "connected": 31, "tied": 62,
    "closeness": 0.337, "half": 7,
}  # fmt: skip


def reader(community, role=Role.LCM):
    return MembershipFactory.create(community=community, role=role).member


@pytest.fixture
def part():
    community = CommunityFactory.create()
    for block in range(5):
        NetworkFactory.create(community=community.pk, day=LAST - 4 * block * WEEK, **FIGURES)
    return Slice(reader(community), (community,), PERIOD)


def tile(board, key):
    return next(one for one in board.tiles if one.key == key)


def change_last(part, **fields):
    network_of = NetworkFactory._meta.model
    network_of.objects.filter(community=part.communities[0].pk, day=LAST).update(**fields)


def test_figures_by_hand(part):
    board = network.board(part)
    assert [tile(board, key).value for key in ("isolated", "unheard", "one-tie", "reciprocity")] == [
        0.25, 0.25, 0.25, 10 / 30,
    ]  # fmt: skip
    assert tile(board, "isolated").base == "10 sur 40 membres"
    (line,) = board.charts
    assert isinstance(line, Lines)
    assert len(line.series[0].points) == 5
    assert {point.value for point in line.series[0].points} == {0.25}


def test_while_the_last_block_is_still_being_counted_the_one_before_is_told(part):
    network_of = NetworkFactory._meta.model
    network_of.objects.filter(day=LAST).delete()
    the_one_before = network_of.objects.filter(day=LAST - 4 * WEEK)
    the_one_before.update(isolated=20)
    assert tile(network.board(part), "isolated").base == "20 sur 40 membres"
    the_one_before.delete()
    assert network.board(part).is_empty


def test_a_clear_rise_is_said_on_top(part):
    change_last(part, isolated=29)
    assert network.board(part).sentence.startswith("Plus de membres sont sans aucun lien.")


def test_how_the_community_holds_together_to_the_nearest_five(part):
    board = network.board(part)
    assert [tile(board, key).words for key in ("ties", "closeness", "half")] == ["3,00", "0,30", "10 au plus"]
    assert tile(board, "ties").base == "60 paires reliées, à cinq près"
    assert tile(board, "half").base == "sur 40 membres\u00a0: la moitié des chemins passe par eux"
    assert "peu de monde" not in board.sentence
    change_last(part, people=90, half=4)
    assert "5 membres au plus, sur 90, font passer la moitié" in network.board(part).sentence


@pytest.mark.parametrize(
    "fields", [{"tied": 2}, {"half": 0}, {"closeness": None, "tied": None, "half": None}]
)
def test_of_a_network_without_a_middle_nothing_is_told(part, fields):
    """Also while the row is still that of a version that did not count it."""
    change_last(part, **fields)
    board = network.board(part)
    assert [tile(board, key).is_withheld for key in ("ties", "closeness", "half")] == [True] * 3
    assert not tile(board, "unheard").is_withheld


def test_several_communities_are_added(part):
    beside = CommunityFactory.create()
    MembershipFactory.create(community=beside, member=part.member, role=Role.LCM)
    NetworkFactory.create(
        community=beside.pk, day=LAST, **{**FIGURES, "people": 30, "isolated": 4, "half": 5}
    )
    both = Slice(part.member, (*part.communities, beside), PERIOD)
    board = network.board(both)
    assert tile(board, "half").base == "sur 70 membres\u00a0: la moitié des chemins passe par eux"
    assert tile(board, "ties").value == pytest.approx(2 * 120 / 70)


def test_nearly_nobody_and_a_few_pairs_are_not_shown(part):
    change_last(part, isolated=1, mutual=2, connected=3)
    board = network.board(part)
    assert tile(board, "isolated").is_withheld
    assert tile(board, "reciprocity").is_withheld
    assert not tile(board, "unheard").is_withheld
    assert any("presque personne" in note for note in board.notes)


def test_teams_that_are_large_enough_show_how_open_they_are(part):
    change_last(part, teams={"Nord": [20, 15, 5], "Sud": [3, 9, 9], "Est": [9, 2, 2]})
    teams = network.board(part).charts[-1]
    assert isinstance(teams, Whisks)
    rows = {row.name: row for row in teams.rows}
    assert rows["Nord"].point.value == 0.75
    assert rows["Nord"].more[0].text == "+0,50"
    assert list(rows) == ["Nord"]
    assert "Ne sont pas montrées\xa0: Est, Sud." in teams.note  # Est has four ties


def test_teams_of_which_nothing_may_be_said_are_named_once(part):
    change_last(part, teams={"Nord": [3, 2, 1], "Sud": [3, 9, 9]})
    teams = network.board(part).charts[-1]
    assert isinstance(teams, Whisks)
    (row,) = teams.rows
    assert row.name == "Nord, Sud"
    assert row.point.words == "Groupe trop petit"


def test_four_people_are_too_few(part):
    change_last(part, people=4, isolated=2, unheard=2, one_tie=2)
    board = network.board(part)
    assert (board.tiles, board.charts) == ((), ())


def test_no_tile_leads_to_a_list_of_people(client, part):
    client.force_login(part.member)
    page = client.get(reverse("dashboards:page", args=["network"])).content.decode()
    assert "/dashboards/network/list/" not in page
    assert client.get(reverse("dashboards:list", args=["network", "isolated"])).status_code == 404


@pytest.mark.parametrize(("role", "leads"), [(Role.LCM, True), (Role.TRAINING_MANAGER, False)])
def test_who_animates_is_led_to_the_desk(client, part, role, leads):
    client.force_login(reader(part.communities[0], role))
    page = client.get(reverse("dashboards:page", args=["network"])).content.decode()
    assert ("à votre bureau" in page) is leads


def test_nothing_counted_yet_says_what_to_do(client):
    client.force_login(reader(CommunityFactory.create()))
    page = client.get(reverse("dashboards:page", args=["network"])).content.decode()
    assert "Aucun lien n’est encore compté ici" in page


def test_as_many_queries_whatever_is_there(part, django_assert_num_queries):
    with django_assert_num_queries(9):
        network.board(part)


def map_of(part) -> Web:
    """The last map of the page."""
    return [one for one in network.board(part).charts if isinstance(one, Web)][-1]


LINKS: dict[str, Any] = {
    "people": {"Achats": 12, "Caisse": 9, "Nord": 3, "Paie": 2, "Stocks": 20},
    "pairs": [["Achats", "Achats", 11], ["Achats", "Caisse", 22], ["Achats", "Nord", 4],
              ["Caisse", "Stocks", 8], ["Nord", "Paie", 1], ["Paie", "Stocks", 6], ["Stocks", "Stocks", 19]],
}  # fmt: skip


def test_which_teams_are_tied_to_which_small_ones_together_and_to_the_nearest_five(part):
    change_last(part, links={"team": LINKS})
    web = map_of(part)
    assert web.names == ("Achats", "Caisse", "Stocks", "Autres, ensemble")
    assert [list(row) for row in web.ties] == [[10, 20, 0, 5], [20, 0, 10, 0], [0, 10, 20, 5], [5, 0, 5, 0]]
    assert web.summary == "Le lien le plus fort est entre Achats et Caisse\u00a0: 20 paires."
    assert [row[1].text for row in web.table.rows] == ["+0,43", "+1,00", "−0,14", "+1,00"]


def test_a_small_group_alone_takes_the_next_one_with_it(part):
    people = {"Achats": 12, "Caisse": 9, "Nord": 3, "Stocks": 20}
    change_last(part, links={"site": LINKS | {"people": people, "pairs": LINKS["pairs"][:4]}})
    web = map_of(part)
    assert web.names == ("Achats", "Stocks", "Autres, ensemble")


def test_two_groups_of_which_one_is_small_are_no_map(part):
    change_last(part, links={"team": {"people": {"Achats": 30, "Nord": 3}, "pairs": [["Achats", "Nord", 9]]}})
    assert not any(isinstance(one, Web) for one in network.board(part).charts)


def test_a_training_manager_sees_groups_of_ten(part):
    change_last(part, links={"team": LINKS})
    manager = Slice(reader(part.communities[0], Role.TRAINING_MANAGER), part.communities, PERIOD)
    assert map_of(manager).names == ("Achats", "Stocks", "Autres, ensemble")


def test_the_map_is_in_page_and_files_with_nobody_in_it(client, part):
    change_last(part, links={"team": LINKS})
    client.force_login(part.member)
    page = client.get(reverse("dashboards:page", args=["network"])).content.decode()
    assert 'id="carte-equipes"' in page
    assert '<th scope="row">Autres, ensemble</th>' in page
    assert "Paie" not in page
    answer = client.get(reverse("dashboards:file", args=["network", "csv"]))
    sheet = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "Autres, ensemble" in sheet
    assert "Paie" not in sheet
