"""From a question to an answer that was accepted, through the three people it takes, in each language."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from passeur.conversations.models import Conversation
from tests.journeys.speech import Speech
from tests.journeys.village import PASSWORD

pytestmark = pytest.mark.journey


def first(page: Page, selector: str) -> int:
    """The number that a text of the page starts with."""
    return int(re.sub(r"\D", "", page.locator(selector).inner_text()))


def write_answer(page: Page, says: Any, words: str) -> None:
    field = page.get_by_role("textbox", name=says("Votre réponse"))
    field.fill(words)
    page.get_by_role("button", name=says("Publier ma réponse")).click()
    expect(page.locator(".answer:focus")).to_be_in_viewport()


def accept(page: Page, says: Any, by: str) -> None:
    page.get_by_role("button", name=says("Accepter cette réponse")).click()
    accepted = page.locator(".answer.accepted")
    expect(accepted).to_contain_text(says("Acceptée par %(name)s", name=by))
    expect(accepted).to_be_focused()
    expect(page.locator(".head .tag.ok")).to_have_text(says("Résolue"))


def test_asked_answered_accepted(village, visit, run_jobs, says):
    page = visit(village.pawel, "/ask/")
    page.get_by_label(says("Votre question en une phrase")).fill("Une courroie qui sent le brûlé")
    page.get_by_label(says("Les détails")).fill("Depuis ce matin, au **démarrage**.")
    page.get_by_role("button", name=says("Publier ma question")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Une courroie qui sent le brûlé")
    expect(page.locator("#toasts")).to_contain_text(says("Votre question est publiée."))
    run_jobs()
    asked = Conversation.objects.get(title="Une courroie qui sent le brûlé")

    helper = visit(village.farid, "/conversations/")
    helper.get_by_role("link", name=asked.title).click()
    helper.get_by_role("link", name=says("Répondre"), exact=True).first.click()
    expect(helper.get_by_role("textbox", name=says("Votre réponse"))).to_be_focused()
    write_answer(helper, says, "Elle patine : retendez-la.")
    run_jobs()

    page.goto("/me/notifications/")
    told = page.locator(".told", has_text=asked.title)
    told.get_by_role("link").first.click()
    expect(page.locator(".answer")).to_contain_text("Elle patine")
    accept(page, says, village.pawel.first_name)


def test_manager_refers_expert_answers_asker_accepts(village, visit, run_jobs):
    says = Speech("fr")
    page = visit(None, "/")
    expect(page).to_have_url(re.compile("/accounts/login/"))
    page.locator("[name=login]").fill(village.agathe.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name=says("Se connecter"), exact=True).click()

    expect(page).to_have_url(re.compile("/desk/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Agathe")
    cue = page.locator(".cue", has_text=village.waiting.title)
    expect(cue).to_contain_text("Lucie Fontaine")
    expect(cue).to_contain_text("Farid Haddad")
    waiting = first(page, ".tabs [aria-current] .n")
    cue.get_by_role("button", name=says("Solliciter %(name)s", name="Farid")).click()
    toast = page.locator("#toasts .toast")
    expect(toast).to_contain_text("Farid Haddad")
    expect(toast.get_by_role("button", name=says("Annuler", context="geste"))).to_be_visible()
    expect(page.locator(".cue:focus")).to_have_count(1)
    run_jobs()

    asked = visit(village.farid, "/me/referrals/")
    request = asked.locator("[data-row]", has_text=village.waiting.title)
    expect(request).to_contain_text(says("Pourquoi vous :"))
    expect(request).to_contain_text("Courroies")
    expect(request).to_contain_text(says("%(name)s a pensé à vous.", name="Agathe Morel"))
    request.get_by_role("button", name=says("Je réponds plus tard")).click()
    expect(asked.locator("#toasts")).to_contain_text(
        says("C’est noté : %(name)s sait que vous répondrez.", name="Lucie")
    )
    asked.get_by_role("link", name=says("Répondre"), exact=False).first.click()
    write_answer(asked, says, "Contrôlez l’équerrage du **tambour** : une règle suffit.")
    expect(asked.locator(".answer .prose strong")).to_have_text("tambour")
    run_jobs()

    asker = visit(village.lucie, f"/conversations/{village.waiting.pk}/")
    accept(asker, says, village.lucie.first_name)
    run_jobs()

    page.goto("/desk/")
    expect(page.locator(".cue", has_text=village.waiting.title)).to_have_count(0)
    assert first(page, ".tabs [aria-current] .n") == waiting - 1
    page.get_by_role("link", name=re.compile(f"^{says('Faits')}")).click()
    done = page.locator("[data-row]", has_text=village.waiting.title)
    expect(done).to_contain_text("Agathe Morel")
    expect(done).to_contain_text("Farid Haddad")

    colleague = visit(village.bruno, "/desk/?view=done")
    expect(colleague.locator("[data-row]", has_text=village.waiting.title)).to_contain_text("Agathe Morel")


def test_who_declines_is_not_asked_again_and_the_next_person_answers(village, visit, run_jobs, says):
    page = visit(village.agathe, f"/conversations/{village.waiting.pk}/")
    panel = page.locator("#who-could-help")
    panel.get_by_role("button", name=says("Solliciter %(name)s", name="Farid")).click()
    expect(panel.locator("li:focus")).to_contain_text("Farid Haddad")
    take_back = says("Retirer la demande à %(name)s", name="Farid")
    expect(panel.get_by_role("button", name=take_back)).to_be_visible()
    run_jobs()

    asked = visit(village.farid, "/me/referrals/")
    asked.get_by_role("link", name=re.compile(f"^{says('Pas cette fois')}")).click()
    pass_on = asked.get_by_role("button", name=says("Passer la question à quelqu’un d’autre"))
    pass_on.click()
    refused = says("Choisissez une raison : elle aide à mieux adresser la suite.")
    expect(asked.locator(".field .error")).to_contain_text(refused)
    expect(asked.get_by_role("radio").first).to_be_focused()
    asked.get_by_label(says("Ce n’est pas mon sujet")).check()
    pass_on.click()
    expect(asked.locator("#toasts")).to_contain_text(
        says("Merci de l’avoir dit : la question passe à quelqu’un d’autre.")
    )
    expect(asked.get_by_role("heading", name=says("Aucune demande en ce moment"))).to_be_visible()
    run_jobs()

    page.reload()
    expect(panel.locator("li", has_text="Farid Haddad")).to_contain_text(says("Ne peut pas cette fois"))
    following = panel.locator("li", has_text=says("Demande envoyée"))
    expect(following).to_have_count(1)
    name = following.locator(".who b").inner_text()
    assert name != "Farid Haddad"
    asked_next = next(person for person in village.people.values() if person.name == name)
    second = visit(asked_next, "/me/referrals/")
    request = second.locator("[data-row]", has_text=village.waiting.title)
    request.get_by_role("link", name=says("Répondre")).first.click()
    expect(second.get_by_role("textbox", name=says("Votre réponse"))).to_be_focused()
    write_answer(second, says, "Le tambour de renvoi est usé d’un côté.")
    run_jobs()
    page.reload()
    expect(page.locator(".answer")).to_contain_text("usé d’un côté")
    expect(panel.locator("li", has_text=says("Demande envoyée"))).to_have_count(0)
