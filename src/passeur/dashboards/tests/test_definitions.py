"""All definitions stand on one page, and each tile says its own and leads there."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from passeur.accounts.tests.factories import MemberFactory

from ..protocols import of_page, pages
from .stories import asked, inside, last_weeks, place, told

pytestmark = pytest.mark.django_db
ADDRESS = "/dashboards/definitions/"


def every():
    return [one for page in pages() for one in of_page(page.slug)]


def test_each_page_has_its_definitions_and_each_of_them_a_formula_and_an_anchor_of_its_own():
    assert all(of_page(page.slug) for page in pages())
    found = every()
    assert len({one.anchor for one in found}) == len(found)
    for language in ("fr", "en"):
        with translation.override(language):
            assert all(str(one.name) and str(one.text) and str(one.formula) for one in found)


def test_who_signs_in_reads_all_of_them(client):
    assert client.get(ADDRESS).status_code == 302
    client.force_login(MemberFactory.create())
    html = client.get(ADDRESS).content.decode()
    assert all(f'id="{one.anchor}"' in html for one in every())


def test_a_tile_says_what_the_page_of_definitions_says_and_leads_to_it(client):
    community, manager, members = place(12)
    period = last_weeks()
    for member in members:
        asked(community, member, inside(period), replied_after=1)
    told(community)
    client.force_login(manager)
    by_anchor = {one.anchor: one for one in every()}
    seen = set()
    for page in pages():
        answer = client.get(reverse("dashboards:page", args=[page.slug]))
        board, html = answer.context["board"], answer.content.decode()
        for tile in board.tiles:
            assert tile.definition.startswith(str(by_anchor[tile.anchor].text))
            assert f'href="{ADDRESS}#{tile.anchor}"' in html
            seen.add(tile.anchor)
        if not board.is_empty and board.tiles:
            assert re.search(rf'<a href="{ADDRESS}">Toutes les définitions</a>', html)
    assert {"pulse-participation", "response-first-reply", "themes-started"} <= seen
