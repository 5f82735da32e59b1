"""What every page offers: keys, the palette, the language, the look, switched off where one wants."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


def test_help_and_palette_open_by_key_and_close_by_escape(village, visit):
    page = visit(village.agathe, "/conversations/")
    page.keyboard.press("?")
    help_ = page.get_by_role("dialog", name="Raccourcis clavier")
    expect(help_).to_be_visible()
    expect(help_.get_by_role("button", name="Fermer")).to_be_focused()
    page.keyboard.press("Escape")
    expect(help_).to_be_hidden()

    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog", name="Palette de commandes")
    field = palette.get_by_role("searchbox")
    expect(field).to_be_focused()
    expect(palette.get_by_role("link").first).to_be_visible()
    page.keyboard.type("noemie")
    expect(palette.get_by_role("link", name="Noémie Paquet")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(palette.get_by_role("link").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/people/{village.noemie.pk}/"))


def test_single_keys_lead_through_the_product(village, visit):
    page = visit(village.agathe, "/communities/")
    page.keyboard.press("g")
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile("/desk/"))
    page.wait_for_load_state()
    page.keyboard.press("/")
    expect(page.get_by_label("Rechercher dans Passeur")).to_be_focused()
    page.keyboard.type("njk")
    expect(page.get_by_label("Rechercher dans Passeur")).to_have_value("njk")
    page.keyboard.press("Escape")
    expect(page.get_by_label("Rechercher dans Passeur")).not_to_be_focused()
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("/ask/|/new/question/"))
    page.goto(f"/conversations/{village.second.pk}/")
    page.keyboard.press("r")
    expect(page).to_have_url(re.compile("#repondre$"))


def test_shortcuts_that_were_switched_off_do_nothing(village, visit):
    page = visit(village.agathe, "/me/preferences/")
    page.get_by_role("switch", name="Raccourcis clavier").uncheck()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("html")).to_have_attribute("data-shortcuts", "off")
    page.keyboard.press("?")
    page.keyboard.press("n")
    page.wait_for_timeout(300)
    expect(page).to_have_url(re.compile("/me/preferences/"))
    expect(page.locator("#raccourcis")).to_be_hidden()
    page.goto("/desk/")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement.closest('.cue')") is None
    page.get_by_role("button", name="Raccourcis clavier").click()
    expect(page.locator("#raccourcis")).to_contain_text("Vous avez éteint les raccourcis")


def test_language_stays_as_chosen(village, visit, browser):
    page = visit(village.lucie, "/conversations/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Conversations")
    expect(page).to_have_url(re.compile("/conversations/$"))
    later = visit(village.lucie, "/me/preferences/", locale="fr-FR")
    expect(later.locator("html")).to_have_attribute("lang", "en")
    later.get_by_role("button", name="Français").click()
    expect(later.locator("html")).to_have_attribute("lang", "fr")
    expect(later.get_by_role("heading", level=1)).to_have_text("Préférences")


def test_a_stranger_reads_the_language_of_their_browser_and_may_switch(village, visit):
    page = visit(None, "/accounts/login/", locale="en-GB")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("button", name="Se connecter")).to_be_visible()


def test_the_dark_look_stays_as_chosen(village, visit):
    page = visit(village.lucie, "/me/preferences/", color_scheme="light")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_label(re.compile("Sombre")).check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/conversations/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_profile_and_what_one_knows(village, visit):
    page = visit(village.lucie, f"/people/{village.lucie.pk}/")
    page.get_by_role("link", name="Modifier").click()
    page.get_by_label("métier").fill("cheffe d’équipe")
    page.get_by_label("en quelques mots").fill("Je tiens la ligne 7.\n\nJ’aime les pannes qui se répètent.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".head")).to_contain_text("cheffe d’équipe")
    expect(page.locator(".prose p")).to_have_count(2)

    page.get_by_role("link", name="Mes thèmes").click()
    page.get_by_role("combobox").first.fill("Variateurs")
    page.get_by_role("button", name="Je peux aider").click()
    helps = page.locator("section", has_text="Je peux aider sur")
    expect(helps.get_by_role("link", name="Variateurs")).to_be_visible()
    followed = page.locator("section", has_text="J’aimerais apprendre")
    followed.get_by_role("button", name="Retirer Courroies").click()
    expect(page.locator("section", has_text="J’aimerais apprendre")).to_contain_text("Rien pour l’instant")

    seen = visit(village.gilles, f"/people/{village.lucie.pk}/")
    expect(seen.get_by_role("link", name="Variateurs")).to_be_visible()
