"""A line as slow as a bad third-generation network: pages serve at once, nothing is lost or sent twice."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from passeur.conversations.models import Contribution, Conversation
from tests.journeys.speech import Speech

pytestmark = pytest.mark.journey

SLOW = {
    "offline": False,
    "latency": 400,  # milliseconds before anything comes
    "downloadThroughput": 400_000 / 8,  # bytes a second
    "uploadThroughput": 400_000 / 8,
}
READABLE = 6.0
"""Seconds until one reads and writes, with what the machine of the tests takes for itself."""


MOVED = """
window.moved = 0;
const add = (one) => { if (!one.hadRecentInput) window.moved += one.value; };
new PerformanceObserver((seen) => seen.getEntries().forEach(add))
  .observe({ type: "layout-shift", buffered: true });
"""
LITTLE = 0.05
"""Of what is in sight, how much may move and how far, as browsers add it up; 0.1 is felt."""


def slow_down(page: Page, *, anew: bool = False) -> None:
    """With `anew`, nothing that the browser keeps is used: as on the first page that it ever opens."""
    session = page.context.new_cdp_session(page)
    session.send("Network.emulateNetworkConditions", SLOW)
    if anew:
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})


@pytest.mark.parametrize(("asks", "answers"), [("fr", "en"), ("en", "fr")])
def test_asked_and_answered_by_double_click(village, visit, run_jobs, asks, answers):
    village.lucie.language, village.farid.language = asks, answers
    village.lucie.save()
    village.farid.save()
    page, says = visit(village.lucie, "/me/drafts/"), Speech(asks)
    slow_down(page)
    began = time.monotonic()
    page.goto("/communities/maintenance-des-lignes/new/question/", wait_until="commit")
    title = page.get_by_label(says("Votre question en une phrase"))
    expect(title).to_be_editable(timeout=READABLE * 1000)
    assert time.monotonic() - began < READABLE
    title.fill("Un roulement qui chauffe ?")
    page.get_by_label(says("Les détails")).fill("Sur la ligne 7.")
    page.get_by_role("button", name=says("Publier ma question")).dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Un roulement qui chauffe")
    run_jobs()
    asked = Conversation.objects.get(title="Un roulement qui chauffe ?")

    helper, says = visit(village.farid, "/me/drafts/"), Speech(answers)
    slow_down(helper)
    helper.goto(f"/conversations/{asked.pk}/", wait_until="commit")
    field = helper.get_by_role("textbox", name=says("Votre réponse"))
    field.fill("Graissez-le.")
    helper.get_by_role("button", name=says("Publier ma réponse")).dblclick()
    expect(helper.locator(".answer:focus")).to_contain_text("Graissez-le.")
    thanks = helper.locator(".react").first
    thanks.dblclick()
    expect(thanks).to_have_attribute("aria-pressed", "true")
    expect(thanks).to_be_focused()
    assert Contribution.objects.filter(conversation=asked).count() == 2


def test_what_one_reads_on_a_phone_stays_where_it_is_when_the_letters_come(village, visit):
    page = visit(village.noemie, "/me/drafts/")
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script(MOVED)
    slow_down(page, anew=True)
    page.goto(f"/conversations/{village.waiting.pk}/", wait_until="load")
    page.wait_for_function("document.fonts.status === 'loaded'")
    page.wait_for_timeout(500)  # in which what moves would
    assert page.evaluate("window.moved") < LITTLE


def test_a_line_that_breaks_while_sending_loses_and_doubles_nothing(village, visit):
    page = visit(village.noemie, f"/conversations/{village.waiting.pk}/")
    field = page.get_by_role("textbox", name="Votre réponse")
    field.fill("Regardez le tambour de renvoi.")
    expect(page.locator("[data-draft-status]").first).to_contain_text("Brouillon enregistré à")
    publish = page.get_by_role("button", name="Publier ma réponse")
    page.route("**/reply/", lambda route: (route.fetch(), route.abort()))  # it arrived, its answer did not
    publish.click()
    page.wait_for_url("chrome-error://**")
    page.unroute("**/reply/")
    page.go_back()
    expect(page.locator(".answer, [data-row]", has_text="tambour de renvoi")).to_have_count(1)
    assert Contribution.objects.filter(body__contains="tambour de renvoi").count() == 1
