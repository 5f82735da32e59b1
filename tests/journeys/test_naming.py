"""Naming somebody while one writes: by keyboard, by mouse and finger, with an input method, and read out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from passeur.conversations.models import Mention
from tests.journeys.test_every_page import COLOURS, RULES, runs_over, violations

pytestmark = pytest.mark.journey


def accessible(page: Page) -> list[str]:
    page.emulate_media(color_scheme="light")
    found = violations(page, RULES)
    page.emulate_media(color_scheme="dark")
    found += violations(page, COLOURS)
    page.emulate_media(color_scheme="light")
    return found


def test_a_mention_is_written_with_the_keyboard_alone(village, visit):
    page = visit(village.lucie, f"/conversations/{village.answered.pk}/")
    area = page.get_by_label("Votre message").or_(page.get_by_label("Votre réponse"))
    area.click()
    # Before a letter, those of the exchange; the field says what it does, and which line Enter would take.
    area.press_sequentially("Merci @")
    listed = page.get_by_role("listbox", name="Membres à nommer")
    expect(listed.get_by_role("option")).not_to_have_count(0)
    area.press_sequentially("NOÉ")
    expect(listed.get_by_role("option")).to_have_count(1)
    expect(listed).to_contain_text("Noémie Paquet")
    expect(area).to_have_attribute("aria-autocomplete", "list")
    expect(area).to_have_attribute("aria-controls", listed.get_attribute("id") or "")
    first = listed.get_by_role("option").first
    expect(area).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "")
    expect(page.locator(".editor [role=status].vh")).to_contain_text("1 personne proposée")
    assert accessible(page) == []
    page.keyboard.press("Enter")
    expect(area).to_have_value("Merci @noemie ")
    expect(listed).to_have_count(0)
    expect(area).not_to_have_attribute("aria-activedescendant", "")

    # Escape closes the list, leaves focus in the text, and the same word does not open it again.
    area.press_sequentially("et @fa")
    expect(listed).to_be_visible()
    page.keyboard.press("Escape")
    expect(listed).to_have_count(0)
    expect(area).to_be_focused()
    area.press_sequentially("r")
    page.wait_for_timeout(400)
    expect(listed).to_have_count(0)
    area.press_sequentially(" puis @")
    expect(listed).to_be_visible()
    area.press_sequentially("g")
    expect(listed.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(area).to_have_value("Merci @noemie et @far puis @gilles ")
    expect(area).to_be_focused()
    # In code, and in an address, an @ is an @.
    area.press_sequentially("`@no` et a@no")
    page.wait_for_timeout(400)
    expect(listed).to_have_count(0)

    page.get_by_role("button", name="Aperçu").first.click()
    expect(page.locator(".preview a.mention").first).to_have_text("@Noémie Paquet")
    page.get_by_role("button", name="Aperçu").first.click()
    page.get_by_role("button", name="Publier").last.click()
    expect(page.locator(".prose a.mention", has_text="@Gilles Texier")).to_be_visible()
    named = Mention.objects.filter(contribution__author=village.lucie)
    assert set(named.values_list("member__name", flat=True)) >= {"Noémie Paquet", "Gilles Texier"}


def test_arrows_walk_in_the_list_and_a_click_takes_a_line(village, visit):
    page = visit(
        village.lucie, f"/contributions/{village.answered.contributions.order_by('pk')[0].pk}/comment/"
    )
    area = page.get_by_label("Votre commentaire")
    area.click()
    area.press_sequentially("@a")
    lines = page.locator(".people [role=option]")
    expect(lines.first).to_have_attribute("aria-selected", "true")
    count = lines.count()
    page.keyboard.press("ArrowUp")
    expect(lines.nth(count - 1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(lines.first).to_have_attribute("aria-selected", "true")
    lines.filter(has_text="Agathe Morel").click()
    expect(area).to_have_value("@agathe ")
    expect(area).to_be_focused()


def test_an_input_method_is_left_alone_until_it_is_done(village, visit):
    page = visit(village.lucie, "/communities/maintenance-des-lignes/new/discussion/")
    area = page.get_by_label("Les détails")
    area.click()
    expect(area).to_have_attribute("aria-autocomplete", "list")  # the file is there
    page.evaluate(
        """() => { const area = document.activeElement;
        area.dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true}));
        area.value = '@noe'; area.setSelectionRange(4, 4);
        area.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true})) }"""
    )
    page.wait_for_timeout(400)
    expect(page.locator(".people")).to_have_count(0)
    page.evaluate(
        "document.activeElement.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}))"
    )
    expect(page.locator(".people [role=option]")).to_have_count(1)


def test_on_the_phone_in_english_a_finger_takes_a_line(village, visit):
    village.lucie.language = "en"
    village.lucie.save()
    page = visit(
        village.lucie, f"/conversations/{village.answered.pk}/", phone=True, has_touch=True, locale="en-GB"
    )
    area = page.locator("#repondre textarea")
    area.tap()
    area.press_sequentially("Thanks @far")
    listed = page.get_by_role("listbox", name="Members to name")
    expect(listed).to_be_visible()
    expect(page.locator(".editor [role=status].vh")).to_contain_text("1 person offered")
    assert runs_over(page) == 0
    assert accessible(page) == []
    listed.get_by_role("option").first.tap()
    expect(area).to_have_value("Thanks @farid ")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_field_for_one_person_is_a_combobox(village, visit, language):
    village.agathe.language = language
    village.agathe.save()
    page = visit(village.agathe, "/communities/maintenance-des-lignes/rituals/new/")
    owner = page.locator("#id_owner")
    owner.focus()
    expect(owner).to_have_role("combobox")
    expect(owner).to_have_attribute("aria-expanded", "false")
    expect(owner).to_have_value("Agathe Morel (@agathe)")
    owner.fill("")
    owner.press_sequentially("noem")
    expect(page.locator(".people [role=option]")).to_have_count(1)
    expect(owner).to_have_attribute("aria-expanded", "true")
    assert accessible(page) == []
    page.keyboard.press("Enter")
    expect(owner).to_have_value("Noémie Paquet (@noemie)")
    expect(page).to_have_url("/communities/maintenance-des-lignes/rituals/new/")
    expect(owner).to_have_attribute("aria-expanded", "false")


def test_without_javascript_a_name_is_typed(village, visit):
    page = visit(village.agathe, "/communities/maintenance-des-lignes/rituals/new/", javascript=False)
    owner = page.get_by_label("Qui s’en charge")
    owner.fill("Noemie Paquet")
    page.get_by_role("textbox", name="Titre").fill("Le café des lignes")
    page.get_by_role("button", name="Enregistrer").click()
    assert page.get_by_text("Personne de ce nom").count() == 0
