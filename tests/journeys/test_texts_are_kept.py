"""What one writes comes back: after leaving, offline, after the session ended; images; two editors."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey


def picture() -> dict[str, Any]:
    made = io.BytesIO()
    Image.new("RGB", (600, 300), "steelblue").save(made, "JPEG")
    return {"name": "galet.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def answering(visit, person, question) -> Page:
    page: Page = visit(person, f"/conversations/{question.pk}/")
    return page


def field(page: Page):
    return page.get_by_role("textbox", name="Votre réponse")


def test_a_text_that_was_left_is_offered_and_taken_up(village, visit):
    page = answering(visit, village.noemie, village.waiting)
    field(page).fill("Regardez d’abord la tension.")
    expect(page.locator("[data-draft-status]").first).to_contain_text("Brouillon enregistré à")
    page.goto("/me/drafts/")
    page.get_by_role("link", name=re.compile("Votre réponse")).click()
    expect(field(page)).to_have_value("Regardez d’abord la tension.")
    page.get_by_role("button", name="Publier ma réponse").click()
    expect(page.locator(".answer").last).to_contain_text("la tension")
    page.goto("/me/drafts/")
    expect(page.get_by_role("heading", name="Aucun brouillon")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_written_offline_it_stays_on_the_device_unreadable_and_comes_back(village, visit):
    page = answering(visit, village.noemie, village.waiting)
    page.context.set_offline(True)
    field(page).fill("Écrit dans le train.")
    expect(page.locator("[data-draft-status]").first).to_contain_text("Hors connexion")
    stored = page.evaluate("Object.values(localStorage).join()")
    assert stored
    assert "train" not in stored
    browser = page.context
    page.close()
    browser.set_offline(False)
    again = browser.new_page()
    again.goto(f"/conversations/{village.waiting.pk}/")
    again.locator("[data-offered]").get_by_role("button", name="Le reprendre").click()
    expect(field(again)).to_have_value("Écrit dans le train.")
    expect(again.locator("[data-draft-status]").first).to_contain_text("Brouillon enregistré à")
    assert again.evaluate("Object.keys(localStorage).length") == 0


def test_a_session_that_ended_while_writing_costs_nothing(village, visit):
    village.noemie.set_password("un long secret de Noémie")
    village.noemie.save()
    page = answering(visit, village.noemie, village.waiting)
    page.context.clear_cookies(name="sessionid")
    field(page).fill("Une longue réponse.")
    expect(page.locator("[data-draft-status]").first).to_contain_text("Votre session est terminée")
    page.get_by_role("button", name="Se reconnecter et continuer").click()
    page.locator("input[name=login]").fill(village.noemie.email)
    page.locator("input[name=password]").fill("un long secret de Noémie")
    page.get_by_role("button", name="Se connecter", exact=True).click()
    expect(field(page)).to_have_value("Une longue réponse.")


def test_a_page_that_asks_while_one_writes_is_not_taken_away_when_the_session_has_ended(village, visit):
    village.noemie.set_password("un long secret de Noémie")
    village.noemie.save()
    page = visit(village.noemie, "/ask/")
    page.context.clear_cookies(name="sessionid")
    with page.expect_response(re.compile("/similar/.*local")) as asked:
        page.locator("[name=title]").fill("Où est la clé du local ?")
    assert asked.value.status == 401
    page.locator("[name=body]").fill("Celle du local des galets.")
    expect(page.locator("[data-draft-status]").first).to_contain_text("Votre session est terminée")
    page.get_by_role("button", name="Se reconnecter et continuer").click()
    page.locator("input[name=login]").fill(village.noemie.email)
    page.locator("input[name=password]").fill("un long secret de Noémie")
    page.get_by_role("button", name="Se connecter", exact=True).click()
    expect(page.locator("[name=body]")).to_have_value("Celle du local des galets.")


def test_a_gesture_after_the_session_has_ended_leads_to_signing_in_and_back_to_its_page(village, visit):
    village.noemie.set_password("un long secret de Noémie")
    village.noemie.save()
    page = answering(visit, village.noemie, village.waiting)
    page.context.clear_cookies(name="sessionid")
    page.locator("#follow button").click()
    page.locator("input[name=login]").fill(village.noemie.email)
    page.locator("input[name=password]").fill("un long secret de Noémie")
    page.get_by_role("button", name="Se connecter", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(village.waiting.title)


@pytest.mark.parametrize("javascript", [True, False])
def test_an_image_is_joined_described_and_shown(village, visit, javascript):
    page = visit(village.noemie, f"/conversations/{village.waiting.pk}/", javascript=javascript)
    field(page).fill("Voici le galet.")
    if javascript:
        with page.expect_file_chooser() as chooser:
            page.locator("#repondre").get_by_role("button", name="Joindre une image").click()
        chooser.value.set_files(picture())
        page.locator("[data-joined] input").fill("Le galet usé")
        expect(field(page)).to_have_value(re.compile(r"!\[Le galet usé\]"))
    else:
        page.locator("#repondre summary").click()
        page.locator("#repondre input[type=file]").set_input_files(picture())
        page.get_by_label("Description de l’image").fill("Le galet usé")
        page.get_by_role("button", name="Joindre au texte").click()
    page.get_by_role("button", name="Publier ma réponse").click()
    shown = page.get_by_role("img", name="Le galet usé")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 600)


CARRIED = """(field, [how, bytes]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([new Uint8Array(bytes)], "galet.jpg", { type: "image/jpeg" }));
  const options = { bubbles: true, cancelable: true };
  const happens = how === "paste"
    ? [new ClipboardEvent("paste", { clipboardData: carried, ...options })]
    : ["dragover", "drop"].map((step) => new DragEvent(step, { dataTransfer: carried, ...options }));
  for (const event of happens) field.dispatchEvent(event);
}"""


@pytest.mark.parametrize("how", ["drop", "paste"])
def test_an_image_dropped_or_pasted_goes_where_the_caret_is_and_asks_what_it_shows(village, visit, how):
    page = answering(visit, village.noemie, village.waiting)
    field(page).fill("Avant. Après.")
    field(page).evaluate("field => field.setSelectionRange(6, 6)")
    field(page).evaluate(CARRIED, [how, list(picture()["buffer"])])
    described = page.locator("[data-joined] input")
    expect(described).to_be_focused()
    page.keyboard.type("Le galet usé")
    expect(field(page)).to_have_value(re.compile(r"Avant\..*!\[Le galet usé\]\(/files/.*Après\.", re.DOTALL))
    page.get_by_role("button", name="Publier ma réponse").click()
    expect(page.locator(".answer:focus").get_by_role("img", name="Le galet usé")).to_have_count(1)


def test_signing_out_takes_an_unsent_text_along_and_leaves_nothing_on_the_device(village, visit):
    page = answering(visit, village.noemie, village.waiting)
    page.route("**/drafts/save/", lambda route: route.abort())
    field(page).fill("Pas encore envoyé.")
    page.wait_for_function("() => Object.keys(localStorage).length === 1")
    page.unroute("**/drafts/save/")
    page.get_by_role("button", name=re.compile("menu de Noémie")).click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("button", name="Se connecter", exact=True)).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).length") == 0
    later = visit(village.noemie, "/me/drafts/")
    later.get_by_role("link", name=re.compile("Votre réponse")).click()
    expect(field(later)).to_have_value("Pas encore envoyé.")


def test_the_toolbar_is_one_stop_and_arrows_walk_in_it(village, visit):
    page = answering(visit, village.noemie, village.waiting)
    bar = page.locator("#repondre").get_by_role("toolbar", name="Mise en forme")
    bar.get_by_role("button", name="Gras").focus()
    page.keyboard.press("ArrowRight")
    expect(bar.get_by_role("button", name="Italique")).to_be_focused()
    page.keyboard.press("Tab")
    expect(field(page)).to_be_focused()


def test_both_are_told_when_two_write_in_the_same_text(village, visit):
    opening = village.newcomer.contributions.get()
    author, manager = (
        visit(person, f"/contributions/{opening.pk}/edit/") for person in (village.theo, village.agathe)
    )
    for page, words in ((author, "Je débute ici."), (manager, "Je débute là.")):
        page.get_by_label("Texte", exact=True).fill(words)
        expect(page.locator("[data-draft-status]").first).to_contain_text("Brouillon enregistré à")
    expect(manager.locator("[data-fellows]")).to_contain_text(village.theo.name)
    author.get_by_label("Texte", exact=True).fill("Je débute ici même.")
    expect(author.locator("[data-fellows]")).to_contain_text(village.agathe.name)
