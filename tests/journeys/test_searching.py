"""Searching: accents do not matter, filters narrow, and what is missing becomes a question and a need."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


def test_accents_and_filters(village, visit):
    page = visit(village.lucie, "/conversations/")
    page.get_by_label("Rechercher dans Passeur").fill("demarrage")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=demarrage"))
    first = page.locator(".qrow").first
    expect(first.locator("mark").first).to_have_text(re.compile("démarrage", re.IGNORECASE))
    page.goto("/search/?q=capteur")
    found = page.locator(".qrow").count()
    assert found >= 4
    state = page.get_by_label("État")
    expect(state).to_be_hidden()
    page.get_by_text("Préciser").click()
    state.select_option(label="Résolue")
    expect(page).to_have_url(re.compile("state=resolved"))
    expect(page.locator(".qrow > .tag")).to_have_text(["Résolue", "Résolue"])
    state.focus()
    state.select_option(label="Tous")  # what narrows stays shown when nothing does any more
    expect(page.locator(".qrow")).to_have_count(found)
    expect(state).to_be_focused()
    page.go_back()
    expect(page.locator(".qrow > .tag")).to_have_text(["Résolue", "Résolue"])
    page.go_back()
    expect(page.locator(".qrow")).to_have_count(found)
    page.get_by_text("Préciser").click()
    page.get_by_label("Avec un message de").fill("Farid")
    page.get_by_role("button", name="Chercher").click()
    expect(page.locator(".qrow")).to_have_count(1)
    expect(page.locator(".qrow")).to_contain_text("fin de course capricieux")


def test_what_is_sought_in_vain_becomes_a_question_and_a_cue(village, visit):
    words = "graisse alimentaire"
    for person in (village.lucie, village.gilles, village.pawel):
        page = visit(person, "/search/")
        page.get_by_label("Chercher", exact=True).fill(words)
        page.get_by_role("button", name="Chercher").click()
        expect(page.locator(".empty")).to_contain_text(words)
    page.get_by_role("link", name="Poser la question", exact=True).click()
    expect(page.get_by_label("Votre question en une phrase")).to_have_value(words)

    desk = visit(village.agathe, "/desk/?view=week")
    cue = desk.locator(".cue", has_text=words)
    expect(cue).to_contain_text("3 fois")
    expect(cue).not_to_contain_text("Lucie")
    cue.get_by_role("link", name="Demander un contenu").click()
    expect(cue.locator("fieldset")).to_be_visible()
