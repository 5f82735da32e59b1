"""Filters of a page of figures, chosen one after the other: what one reads follows what one chose."""

import re

import pytest
from playwright.sync_api import expect

from passeur.skills.tests.factories import ThemeFactory

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("transactional_db")]


def test_filters_are_chosen_by_keyboard_and_another_community_leaves_the_theme_behind(village, visit):
    ThemeFactory.create(community=village.lines, name="Roulements", slug="roulements")
    page = visit(village.agathe, f"/dashboards/response/?community={village.lines.slug}")
    page.get_by_label("Thème").focus()
    page.get_by_label("Thème").select_option("roulements")
    expect(page).to_have_url(re.compile("theme=roulements"))
    expect(page.get_by_label("Thème")).to_be_focused()
    page.locator("select[name=community]").select_option(village.workshop.slug)
    expect(page).to_have_url(re.compile(f"community={village.workshop.slug}"))
    expect(page.locator("main .eyebrow").first).to_have_text(village.workshop.name)
    assert "roulements" not in page.url


def test_days_are_offered_and_wait_for_the_button(village, visit):
    page = visit(village.agathe, f"/dashboards/response/?community={village.lines.slug}")
    page.get_by_label("Période").select_option("dates")
    first = page.get_by_label("Du", exact=True)
    expect(first).to_have_value(re.compile(r"\d{4}-\d\d-\d\d"))
    expect(page.locator("[role=alert]")).to_have_count(0)
    first.fill("2026-01-05")
    page.get_by_label("Au", exact=True).fill("2026-01-02")
    assert "2026-01-05" not in page.url
    page.get_by_role("button", name="Appliquer").click()
    expect(page.locator("[role=alert]")).to_contain_text("vient avant le premier")
    expect(page.get_by_label("Du", exact=True)).to_have_value("2026-01-05")
