"""Asking with help while one types; two people in the same text; from the phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from passeur.conversations.models import Conversation
from passeur.expertise.models import Referral

pytestmark = pytest.mark.journey


def test_asking_shows_what_is_close_and_who_will_be_told(village, visit, run_jobs):
    page = visit(village.pawel, "/ask/")
    expect(page).to_have_url(re.compile("/communities/maintenance-des-lignes/new/question/"))
    page.get_by_label("Votre question en une phrase").press_sequentially(
        "La courroie du convoyeur saute au démarrage à froid"
    )
    close = page.get_by_role("region", name="Questions proches")
    expect(close).to_contain_text("La courroie du convoyeur 4 saute au démarrage")
    expect(close).to_contain_text("Résolue")
    told = page.locator("#who")
    farid = told.locator("label", has_text="Farid Haddad")
    expect(farid).to_contain_text("La courroie du convoyeur 4 saute au démarrage")
    expect(farid.get_by_role("checkbox")).to_be_checked()
    others = told.get_by_role("checkbox").count() - 1
    assert others >= 1
    page.get_by_label("Les détails").fill("Seulement à froid, avec des **courroies neuves**.")
    page.get_by_role("button", name="Aperçu").click()
    expect(page.locator(".preview strong")).to_have_text("courroies neuves")
    page.get_by_role("button", name="Aperçu").click()
    page.wait_for_load_state("networkidle")
    # What is unticked while the list is on its way stays so.
    late: list[Route] = []
    page.route("**/who/", lambda route: late.append(route), times=1)
    with page.expect_request("**/who/"):
        page.locator("#theme-choices").get_by_label("Courroies").check()
    farid.get_by_role("checkbox").uncheck()
    with page.expect_response("**/who/"):
        late[0].continue_()
    expect(page.locator("#who.htmx-request")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    expect(farid.get_by_role("checkbox")).not_to_be_checked()
    page.get_by_role("button", name="Publier ma question").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("saute au démarrage à froid")
    expect(page.locator("article .tags")).to_contain_text("Courroies")
    run_jobs()
    asked = Conversation.objects.get(title__contains="à froid")
    told_of_it = set(Referral.objects.filter(conversation=asked).values_list("member__name", flat=True))
    assert "Farid Haddad" not in told_of_it
    assert told_of_it


def test_a_question_without_words_says_what_is_missing(village, visit):
    page = visit(village.pawel, "/communities/maintenance-des-lignes/new/question/")
    page.get_by_role("button", name="Publier ma question").click()
    summary = page.get_by_role("alert").filter(has_text="réponses à reprendre")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("Votre question en une phrase")).to_be_focused()


def test_of_two_people_in_the_same_text_nobody_loses_theirs(village, visit):
    opening = village.newcomer.contributions.get()
    author, manager = (
        visit(person, f"/contributions/{opening.pk}/edit/") for person in (village.theo, village.agathe)
    )
    text = "Texte"
    author.get_by_label(text, exact=True).fill("Je débute, sur la ligne 3.")
    author.get_by_role("button", name="Enregistrer").click()
    expect(author.locator("article .prose").first).to_have_text("Je débute, sur la ligne 3.")

    manager.get_by_label(text, exact=True).fill("Je débute et je cherche un binôme.")
    manager.get_by_role("button", name="Enregistrer").click()
    expect(manager.get_by_role("alert")).to_be_focused()
    passage = manager.get_by_role("radiogroup", name="Passage 1")
    expect(passage).to_contain_text("Je débute, sur la ligne 3.")
    expect(passage).to_contain_text("Je débute et je cherche un binôme.")
    manager.get_by_role("button", name="Revenir à mon texte").click()
    expect(manager.get_by_label(text, exact=True)).to_have_value("Je débute et je cherche un binôme.")
    manager.get_by_role("button", name="Enregistrer", exact=True).click()
    manager.get_by_label("Garder les deux").check()
    manager.get_by_role("button", name="Le relire avant").click()
    manager.get_by_label(text, exact=True).fill("Je débute, sur la ligne 3, et je cherche un binôme.")
    manager.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(manager.locator("article .prose").first).to_contain_text("un binôme")
    manager.get_by_role("link", name="modifié").first.click()
    expect(manager.get_by_role("listitem").filter(has_text="Version")).to_have_count(3)


def test_a_day_on_the_phone(village, visit, run_jobs, says):
    page = visit(village.lucie, "/conversations/", phone=True, has_touch=True)
    quick = page.get_by_role("navigation", name=says("Accès rapides"))
    menu = page.get_by_role("navigation", name=says("Navigation principale"))
    expect(menu).to_be_hidden()
    opener = quick.get_by_role("button", name=says("Menu"))
    opener.tap()
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(opener).to_be_focused()
    opener.tap()
    menu.get_by_role("link", name=says("Communautés")).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(says("Communautés"))
    expect(menu).to_be_hidden()
    quick.get_by_role("link", name=says("Demander")).tap()
    page.get_by_label(says("Votre question en une phrase")).fill("Quel gant pour changer une courroie ?")
    page.get_by_label(says("Les détails")).fill("Les nôtres glissent.")
    page.get_by_role("button", name=says("Publier ma question")).tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quel gant")
    run_jobs()
    other = visit(village.farid, page.url, phone=True, has_touch=True)
    other.get_by_role("link", name=says("Répondre")).first.tap()
    field = other.get_by_role("textbox", name=says("Votre réponse"))
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    field.fill("Des gants enduits de nitrile.")
    other.get_by_role("button", name=says("Publier ma réponse")).tap()
    expect(other.locator(".answer:focus")).to_contain_text("nitrile")
    assert other.evaluate("document.documentElement.scrollWidth") == 390
