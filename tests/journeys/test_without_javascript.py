"""With JavaScript off, forms do it: write, judge, follow, work at the desk, search."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


def test_asking_answering_and_accepting(village, visit, run_jobs, says):
    asker = visit(village.lucie, "/ask/", javascript=False)
    asker.get_by_label(says("Votre question en une phrase")).fill("Comment ranger les galets ?")
    asker.get_by_label(says("Les détails")).fill("Ils roulent.")
    asker.get_by_label(says("Ajouter un thème")).fill("convoyeurs, Courroies")
    asker.get_by_role("button", name=says("Publier ma question")).click()
    expect(asker.locator("#toasts")).to_contain_text(says("Votre question est publiée."))
    expect(asker.locator("article .tags").first).to_contain_text("Convoyeurs")
    run_jobs()

    helper = visit(village.gilles, asker.url, javascript=False)
    same = helper.get_by_role("button", name=says("Même question"))
    same.click()
    expect(same).to_have_attribute("aria-pressed", "true")
    helper.get_by_role("button", name=says("Suivre"), exact=True).click()
    followed = helper.get_by_role("button", name=says("Suivi"), exact=True)
    expect(followed).to_have_attribute("aria-pressed", "true")
    helper.get_by_role("textbox", name=says("Votre réponse")).fill("Dans un bac à rebord.")
    helper.get_by_role("button", name=says("Publier ma réponse")).click()
    comment = f"{says('Commenter')} {says('le texte de %(name)s', name='Lucie Fontaine')}"
    helper.get_by_role("link", name=comment).click()
    helper.get_by_label(says("Votre commentaire")).fill("De quel diamètre ?")
    helper.get_by_role("button", name=says("Publier mon commentaire")).click()
    expect(helper.locator(".comments")).to_contain_text("De quel diamètre ?")

    asker.reload()
    asker.locator(".answer").get_by_role("button", name=says("Merci")).click()
    asker.get_by_role("button", name=says("Accepter cette réponse")).click()
    expect(asker.locator(".answer.accepted")).to_be_visible()
    asker.locator("#toasts").get_by_role("button", name=says("Annuler", context="geste")).click()
    expect(asker.locator(".answer.accepted")).to_have_count(0)


def test_the_desk(village, visit, run_jobs):
    page = visit(village.agathe, "/desk/", javascript=False)
    cue = page.locator(".cue", has_text=village.newcomer.title)
    cue.get_by_role("link", name="Répondre", exact=True).click()
    page.get_by_role("textbox", name="Votre réponse").fill("Venez à l’atelier demain.")
    page.get_by_role("button", name="Publier ma réponse").click()
    expect(page.locator("#toasts")).to_contain_text("Réponse publiée")
    expect(page.locator(".cue", has_text=village.newcomer.title)).to_have_count(0)

    line = page.locator("li", has=page.locator(".cue", has_text=village.second.title))
    line.get_by_role("button", name="Reporter").click()
    line.get_by_role("button", name="Demain").click()
    expect(page.locator("#toasts")).to_contain_text("Signal reporté")
    page.locator("#toasts").get_by_role("button", name="Annuler").click()
    expect(page.locator(".cue", has_text=village.second.title)).to_be_visible()

    cue = page.locator(".cue", has_text=village.waiting.title)
    cue.get_by_role("button", name="Solliciter Farid").click()
    expect(page.locator("#toasts")).to_contain_text("Farid Haddad")
    page.get_by_role("link", name="Faits").click()
    expect(page.locator("[data-row]", has_text=village.waiting.title)).to_be_visible()


def test_searching_and_switching_the_language(village, visit):
    page = visit(village.lucie, "/search/", javascript=False)
    page.get_by_label("Chercher", exact=True).fill("courroie neuve")
    page.get_by_role("button", name="Chercher").click()
    expect(page.locator(".qrow").first).to_contain_text("une courroie de convoyeur neuve")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".qrow").first).to_contain_text("une courroie de convoyeur neuve")
