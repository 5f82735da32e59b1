"""From a question that waits to an answer that was accepted, through the three people it takes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.village import PASSWORD

pytestmark = pytest.mark.journey


def test_manager_refers_expert_answers_asker_accepts(village, visit, run_jobs):
    page = visit(None, "/")
    expect(page).to_have_url(re.compile("/accounts/login/"))
    page.get_by_label("Adresse").fill(village.agathe.email)
    page.get_by_label("Mot de passe").first.fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()

    expect(page).to_have_url(re.compile("/desk/"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Agathe")
    cue = page.locator(".cue", has_text=village.waiting.title)
    expect(cue).to_contain_text("Lucie Fontaine")
    expect(cue).to_contain_text("Farid Haddad")
    waiting = int(page.locator(".tabs [aria-current] .n").inner_text())
    cue.get_by_role("button", name="Solliciter Farid").click()
    toast = page.locator("#toasts .toast")
    expect(toast).to_contain_text("Farid Haddad")
    expect(toast.get_by_role("button", name="Annuler")).to_be_visible()
    run_jobs()

    asked = visit(village.farid, "/me/referrals/")
    request = asked.locator("[data-row]", has_text=village.waiting.title)
    expect(request).to_contain_text("Pourquoi vous")
    expect(request).to_contain_text("Courroies")
    expect(request).to_contain_text("Agathe Morel a pensé à vous")
    request.get_by_role("button", name="Je réponds plus tard").click()
    expect(asked.locator("#toasts")).to_contain_text("C’est noté")
    asked.get_by_role("link", name="Répondre", exact=False).first.click()
    asked.get_by_label("Votre réponse").fill("Contrôlez l’équerrage du **tambour** : une règle suffit.")
    asked.get_by_role("button", name="Publier ma réponse").click()
    expect(asked.locator(".answer .prose strong")).to_have_text("tambour")
    run_jobs()

    asker = visit(village.lucie, f"/conversations/{village.waiting.pk}/")
    asker.get_by_role("button", name="Accepter cette réponse").click()
    expect(asker.locator(".answer.accepted")).to_contain_text("Acceptée par Lucie")
    expect(asker.locator(".head .tag.ok")).to_have_text("Résolue")
    run_jobs()

    page.goto("/desk/")
    expect(page.locator(".cue", has_text=village.waiting.title)).to_have_count(0)
    assert int(page.locator(".tabs [aria-current] .n").inner_text()) == waiting - 1
    page.get_by_role("link", name=re.compile("^Faits")).click()
    done = page.locator("[data-row]", has_text=village.waiting.title)
    expect(done).to_contain_text("Agathe Morel")
    expect(done).to_contain_text("Farid Haddad")

    colleague = visit(village.bruno, "/desk/?view=done")
    expect(colleague.locator("[data-row]", has_text=village.waiting.title)).to_contain_text("Agathe Morel")


def test_who_declines_is_not_asked_again_and_the_next_person_is(village, visit, run_jobs):
    page = visit(village.agathe, f"/conversations/{village.waiting.pk}/")
    panel = page.locator("#who-could-help")
    panel.get_by_role("button", name="Solliciter Farid").click()
    expect(panel.get_by_role("button", name="Retirer la demande à Farid")).to_be_visible()
    run_jobs()

    asked = visit(village.farid, "/me/referrals/")
    asked.get_by_role("link", name=re.compile("^Pas cette fois")).click()
    asked.get_by_role("button", name="Passer la question").click()
    expect(asked.locator(".field .error")).to_contain_text("Choisissez une raison")
    asked.get_by_label("Ce n’est pas mon sujet").check()
    asked.get_by_role("button", name="Passer la question").click()
    expect(asked.locator("#toasts")).to_contain_text("la question passe à quelqu’un d’autre")
    expect(asked.get_by_text("Aucune demande en ce moment")).to_be_visible()
    run_jobs()

    page.reload()
    expect(panel.locator("li", has_text="Farid Haddad")).to_contain_text("Ne peut pas cette fois")
    following = panel.locator("li", has_text="Demande envoyée")
    expect(following).to_have_count(1)
    name = following.locator(".who b").inner_text()
    assert name != "Farid Haddad"
    asked_next = next(person for person in village.people.values() if person.name == name)
    second = visit(asked_next, "/me/referrals/")
    expect(second.locator("[data-row]", has_text=village.waiting.title)).to_be_visible()
