"""Only what is built and meant for this person appears, and the current place is marked once."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from passeur.foundation import navigation, palette
from passeur.foundation.icons import Icon
from passeur.foundation.navigation import NavEntry, Navigation, Purpose
from passeur.foundation.palette import PaletteItem


@pytest.fixture(autouse=True)
def _empty_house(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "_places", {})
    monkeypatch.setattr(palette, "_providers", {})


def entry(label: str, address: str, **changes: Any) -> NavEntry:
    plain = NavEntry(
        Purpose.LEARN, label, Icon("menu"), address, shown=lambda request: True, url=lambda request: address
    )
    return navigation.register(replace(plain, **changes))


def seen_from(path: str) -> Navigation:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    return Navigation(request)


def test_groups_follow_their_purpose_and_empty_ones_are_left_out():
    entry("Échanges", "/echanges/")
    entry("Ma journée", "/jour/", purpose=Purpose.LEAD)
    entry("Profil", "/moi/", purpose=Purpose.MENU)
    frame = seen_from("/")
    assert [[link.label for link in group.links] for group in frame.groups] == [["Ma journée"], ["Échanges"]]
    assert [link.label for link in frame.menu] == ["Profil"]


def test_an_entry_without_address_does_not_appear():
    navigation.register(
        NavEntry(Purpose.LEARN, "Rien", Icon("menu"), "nulle:part", shown=lambda request: True)
    )
    assert seen_from("/").links == []


def test_an_entry_is_for_members_unless_it_says_otherwise():
    navigation.register(NavEntry(Purpose.LEARN, "Échanges", Icon("menu"), "foundation:palette"))
    assert seen_from("/").links == []


@pytest.mark.parametrize(
    ("path", "marks"),
    [
        ("/echanges/", {"Échanges": "page", "Mes échanges": ""}),
        ("/echanges/12/", {"Échanges": "true", "Mes échanges": ""}),
        ("/echanges/miens/", {"Échanges": "", "Mes échanges": "page"}),
        ("/ailleurs/", {"Échanges": "", "Mes échanges": ""}),
    ],
)
def test_the_nearest_place_is_the_current_one(path, marks):
    entry("Échanges", "/echanges/")
    entry("Mes échanges", "/echanges/miens/")
    assert {link.label: link.current for link in seen_from(path).links} == marks


def test_counts_are_asked_only_where_they_are_shown():
    asked = []

    def count(request):
        asked.append(1)
        return 4

    entry("Ma journée", "/jour/", count=count)
    links = seen_from("/").links
    assert asked == []
    assert links[0].count == 4
    assert links[0].count == 4
    assert asked == [1]


def test_the_bottom_bar_holds_three_entries_at_most():
    for number in range(5):
        entry(f"E{number}", f"/{number}/", tab=number)
    assert [link.label for link in seen_from("/").tabs] == ["E0", "E1", "E2"]


def test_the_palette_finds_pages_without_accents_then_what_rooms_offer():
    entry("Échanges", "/echanges/", key="q")
    entry("Ma journée", "/jour/")

    @palette.offer()
    def people(request, query):
        return [PaletteItem(f"Personne {n}", "/p", Icon("user")) for n in range(9)]

    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    lines = palette.lines(request, "ECHAN")
    assert [str(line.label) for line in lines] == ["Échanges", *(f"Personne {n}" for n in range(4))]
    assert lines[0].hint == "g q"
    assert [str(line.label) for line in palette.lines(request, "")] == ["Échanges", "Ma journée"]
