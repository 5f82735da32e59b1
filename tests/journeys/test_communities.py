"""Coming in by invitation; themes that are made, merged and still found."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


def test_invited_by_mail_to_a_first_exchange(village, visit, run_jobs, says):
    page = visit(village.agathe, "/communities/maintenance-des-lignes/members/")
    page.get_by_role("link", name=says("Inviter"), exact=True).click()
    page.locator("[name=email]").fill("romane@saline.example")
    page.get_by_role("button", name=says("Envoyer l’invitation")).click()
    waiting = page.get_by_role("region", name=says("Invitations en attente"))
    expect(waiting).to_contain_text("romane@saline.example")
    run_jobs()
    (letter,) = mail.outbox
    assert letter.to == ["romane@saline.example"]
    link = re.search(r"https?://\S+/invitations/\S+", str(letter.body))
    assert link is not None

    guest = visit(None, link.group())
    expect(guest.get_by_role("heading", level=1)).to_have_text("Maintenance des lignes")
    expect(guest.get_by_role("region", name=says("La charte"))).to_contain_text("On demande sans crainte")
    guest.get_by_label(says("Votre nom")).fill("Romane Őri")
    guest.locator("[name=password]").fill("un-quai-dans-la-brume")
    join = guest.get_by_role("button", name=says("Rejoindre la communauté"))
    join.click()
    charter = guest.get_by_label(says("J’ai lu la charte et je l’accepte"))
    expect(charter).to_be_focused()
    charter.check()
    guest.locator("[name=password]").fill("un-quai-dans-la-brume")
    join.click()
    expect(guest).to_have_url(re.compile("/communities/maintenance-des-lignes/"))
    expect(guest.locator("html")).to_have_attribute("lang", says.language)
    guest.goto(f"/conversations/{village.third.pk}/")
    guest.get_by_role("link", name=says("Répondre"), exact=True).first.click()
    field = guest.get_by_role("textbox", name=says("Votre réponse"))
    expect(field).to_be_focused()
    field.fill("Une visière en carton, en attendant.")
    guest.get_by_role("button", name=says("Publier ma réponse")).click()
    expect(guest.locator(".answer:focus")).to_contain_text("Romane Őri")
    run_jobs()

    again = visit(None, link.group())
    expect(again.get_by_role("heading", level=1)).not_to_have_text("Maintenance des lignes")
    asker = visit(village.gilles, f"/conversations/{village.third.pk}/")
    asker.get_by_role("button", name=says("Accepter cette réponse")).click()
    expect(asker.locator(".answer.accepted:focus")).to_contain_text("Romane Őri")


def test_themes_are_made_and_merged_and_the_old_address_still_leads(village, visit, run_jobs):
    page = visit(village.agathe, "/communities/maintenance-des-lignes/themes/")
    page.get_by_role("link", name="Ajouter un thème").click()
    page.get_by_label("Nom").fill("Bandes transporteuses")
    page.get_by_label("Rangé sous").select_option(label="Convoyeurs")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("Bandes transporteuses")
    page.get_by_role("link", name="Bandes transporteuses").click()
    old = page.url
    page.get_by_role("link", name="Modifier").click()
    page.get_by_label("Autre mot").fill("Tapis roulants")
    page.get_by_role("button", name="Ajouter ce mot").click()
    expect(page.get_by_text("Tapis roulants").first).to_be_visible()
    page.get_by_label("Fusionner dans").select_option(label="— Courroies")
    page.get_by_role("button", name="Fusionner").click()
    expect(page).to_have_url(re.compile("/themes/courroies/edit/"))
    run_jobs()
    page.goto(old)
    expect(page).to_have_url(re.compile("/themes/courroies/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Courroies")
    expect(page.locator("aside")).to_contain_text("Bandes transporteuses")
    expect(page.locator("aside")).to_contain_text("Tapis roulants")
    page.goto("/communities/maintenance-des-lignes/new/question/")
    page.get_by_label("Ajouter un thème").fill("tapis roulants")
    page.get_by_label("Votre question en une phrase").fill("Un tapis qui chauffe, que regarder ?")
    page.get_by_label("Les détails").fill("Au bout d’une heure.")
    page.get_by_role("button", name="Publier ma question").click()
    expect(page.locator("article .tags").first).to_contain_text("Courroies")
