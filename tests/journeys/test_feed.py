"""A member's home: entries with their reasons, less of this, not this time, undone, and the end of it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.speech import Speech

pytestmark = pytest.mark.journey


def entry(page: Page, title: str) -> Locator:
    return page.locator(".feed > li", has_text=title)


def test_reasons_less_of_this_undone_and_up_to_date(village, visit, says):
    page = visit(village.farid, "/")
    expect(page).to_have_url(re.compile("/feed/$"))
    entries = page.locator(".feed > li")
    count = entries.count()
    assert count >= 3
    why = says("Pourquoi dans mon fil ?")
    for place in range(count):
        reasons = entries.nth(place).locator("details")
        reasons.get_by_text(why).focus()
        page.keyboard.press("Enter")
        expect(reasons.locator(".ev li").first).to_be_visible()

    asked = entry(page, village.newcomer.title)
    titles = entries.locator("h3").evaluate_all("all => all.map(one => one.textContent.replace(/\\s/g, ' '))")
    place = titles.index(village.newcomer.title)
    asked.get_by_role("button", name=re.compile("« ?Courroies|“Courroies")).first.click()
    expect(asked).to_have_count(0)
    expect(entries.nth(min(place, entries.count() - 1))).to_be_focused()
    toast = page.locator("#toasts .toast")
    expect(toast).to_contain_text("Courroies")
    toast.get_by_role("button", name=says("Annuler", context="geste")).click()
    expect(asked).to_be_visible()
    expect(page.locator("#fil")).to_be_focused()
    expect(entries).to_have_count(count)

    asked.get_by_role("button", name=re.compile(f"^{says('Pas cette fois')}")).click()
    expect(asked).to_have_count(0)
    expect(page.locator(".feed > li:focus")).to_have_count(1)
    page.keyboard.press("u")
    expect(asked).to_be_focused()

    page.get_by_role("button", name=says("J’ai fait le tour")).click()
    expect(entries).to_have_count(0)
    expect(page.locator("#fil")).to_be_focused()
    expect(page.locator("#fil .empty h2")).to_have_text(says("Vous êtes à jour"))
    page.reload()
    expect(entries).to_have_count(0)
    page.get_by_role("link", name=says("Revoir ce qui précède")).click()
    expect(entries).to_have_count(count)


def test_a_newcomer_is_asked_what_they_would_like_to_hear_of(village, visit):
    says = Speech("fr")
    page = visit(village.ines, "/feed/")
    chooser = page.get_by_role("region", name=says("De quoi aimeriez-vous entendre parler ?"))
    chooser.get_by_label("Courroies").check()
    chooser.get_by_role("button", name=says("Suivre ces thèmes")).click()
    expect(chooser).to_have_count(0)
    expect(page.locator("#fil")).to_be_focused()
    found = entry(page, village.newcomer.title)
    found.get_by_text(says("Pourquoi dans mon fil ?")).click()
    expect(found.locator(".ev")).to_contain_text("Courroies")
