"""Zones are called as the reader's language calls their places, each once, and each can be chosen."""

from zoneinfo import available_timezones

import pytest
from django.urls import reverse
from django.utils import translation

from ..choices import REGIONS, time_zones, zone_name
from .factories import MemberFactory


def shown(language):
    with translation.override(language):
        return {region: [name for _zone, name in some] for region, some in time_zones()}


@pytest.mark.parametrize(
    ("language", "zone", "name"),
    [
        ("fr", "Europe/London", "Londres"),
        ("fr", "Europe/Athens", "Athènes"),
        ("fr", "America/Sao_Paulo", "São Paulo"),
        ("fr", "Europe/Paris", "Paris"),
        ("en", "Europe/London", "London"),
        ("en", "America/New_York", "New York"),
        ("en", "Europe/Nowhere", "Europe/Nowhere"),
    ],
)
def test_a_zone_is_called_after_its_city_in_the_language_of_the_reader(language, zone, name):
    with translation.override(language):
        assert zone_name(zone) == name


def test_regions_and_their_order_are_those_of_the_language_too():
    french, english = shown("fr"), shown("en")
    assert list(french)[:3] == ["UTC", "Afrique", "Amérique"]
    assert list(english)[:3] == ["UTC", "Africa", "America"]
    assert french["Europe"].index("Athènes") < french["Europe"].index("Londres")
    assert french["Afrique"].index("Le Caire") > french["Afrique"].index("Lagos")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_zone_can_be_chosen_and_no_two_look_the_same(language):
    with translation.override(language):
        some = [zone for _region, zones in time_zones() for zone, _name in zones]
    assert len(set(some)) == len(some)
    assert set(some) == {"UTC", *(zone for zone in available_timezones() if zone.split("/")[0] in REGIONS)}
    for names in shown(language).values():
        assert len(set(names)) == len(names)


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "name"), [("fr", "Londres"), ("en", "London")])
def test_preferences_offer_them_and_say_which_one_counts(client, language, name):
    client.force_login(MemberFactory.create(time_zone="Europe/London", language=language))
    page = client.get(reverse("accounts:preferences")).content.decode()
    assert f'<option value="Europe/London" selected>{name}</option>' in page
    assert f"({name})" in client.get(reverse("notifications:preferences")).content.decode()
