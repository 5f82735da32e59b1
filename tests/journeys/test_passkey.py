"""A passkey, with the authenticator that Chromium can play: added, used to sign in, taken away."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.village import PASSWORD

pytestmark = pytest.mark.journey

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_device(page: Page) -> None:
    """A device that recognises its owner, to this page."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable", {"enableUI": False})
    line.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def prove(page: Page) -> None:
    """Say the password again where that is asked."""
    field = page.locator("[name=password]")
    expect(field).to_be_focused()
    field.fill(PASSWORD)
    page.keyboard.press("Enter")


def test_added_signed_in_with_and_taken_away(village, visit, says):
    page = visit(village.lucie, "/me/security/")
    give_device(page)
    page.get_by_role("link", name=says("Ajouter une clé d’accès")).click()
    prove(page)
    page.locator("[name=name]").fill("Mon téléphone")
    page.get_by_role("button", name=says("Ajouter"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(says("Codes de secours"))
    page.goto("/me/security/")
    expect(page.get_by_role("listitem").filter(has_text="Mon téléphone")).to_be_visible()

    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button").first.click()
    page.goto("/accounts/login/?next=/me/security/")
    page.get_by_role("button", name=says("Avec une clé d’accès")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(says("Connexion et sécurité"))

    page.get_by_role("link", name=f"{says('Retirer')} Mon téléphone").click()
    prove(page)
    page.get_by_role("button", name=says("Retirer")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(says("Connexion et sécurité"))
    expect(page.get_by_text("Mon téléphone")).to_have_count(0)


def test_an_address_that_is_a_number_is_named_as_the_reason(village, visit, site):
    """No browser makes a key there, and no device has failed to answer."""
    page = visit(village.lucie, "/feed/")
    page.goto(f"{site.replace('localhost', '127.0.0.1')}/accounts/login/?next=/me/security/")
    page.locator("[name=login]").fill(village.lucie.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    give_device(page)
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    prove(page)
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.locator("#passkey-trouble")).to_contain_text("cette adresse est un nombre")
    expect(page.locator("#passkey-trouble")).not_to_contain_text("n’a pas répondu", use_inner_text=True)
