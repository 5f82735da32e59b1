"""Pages that stay open: what others write and do comes in, and nothing that one reads moves.

Served as in production, by `passeur serve`'s own web process, since the streams are not Django's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import global_settings
from django.db import connection
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect

from passeur.conversations import services as conversations
from passeur.conversations.choices import Meaning
from passeur.desk import services as desk
from passeur.foundation.tests.ports import free_port
from tests.journeys.conftest import context_for, listen
from tests.journeys.village import PASSWORD

pytestmark = pytest.mark.journey

LINE = "() => document.documentElement.dataset.listening !== undefined"
LONG = "\n\n".join(["Une phrase assez longue pour que la page défile, encore et encore. " * 12] * 3)


@pytest.fixture(scope="module")
def served(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a web process on the database of the tests."""
    port = free_port()
    with django_db_blocker.unblock():
        parts = connection.get_connection_params()
    url = os.environ["DATABASE_URL"]
    head, _, query = url.partition("?")
    address = f"{head.rsplit('/', 1)[0]}/{parts['dbname']}" + (f"?{query}" if query else "")
    words = ["--host", "127.0.0.1", "--port", str(port), "--processes", "1", "--threads", "3"]
    process = subprocess.Popen(
        [sys.executable, "-m", "passeur.project.serve.child", "web", *words],
        stdin=subprocess.PIPE, env={**os.environ, "DATABASE_URL": address},
    )  # fmt: skip
    try:
        end = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
                break
            except OSError:
                assert time.monotonic() < end
                assert process.poll() is None
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture
def sit(browser: Browser, served: str, village: Any) -> Iterator[Callable[..., Page]]:
    """Open a page as somebody and wait until it listens."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def open_as(person: Any, path: str, **options: Any) -> Page:
        contexts.append(context_for(browser, served, person, **options))
        page: Page = contexts[-1].new_page()
        listen(page, complaints)
        page.goto(path)
        if options.get("javascript", True):
            page.wait_for_function(LINE)
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert complaints == []


def top_of(page: Page, selector: str) -> float:
    return float(page.locator(selector).evaluate("element => element.getBoundingClientRect().top"))


@pytest.fixture
def thread(village: Any) -> Any:
    """A question with three long answers."""
    for person in (village.farid, village.noemie, village.gilles):
        conversations.contribute(conversation=village.second, body=LONG, by=person)
    return village.second


def test_a_reply_comes_in_without_moving_what_one_reads(sit, village, thread):
    page = sit(village.lucie, f"/conversations/{thread.pk}/")
    read = page.locator("article.answer").nth(1)
    read.evaluate("row => scrollTo(0, scrollY + row.getBoundingClientRect().top - 200)")
    before, scrolled = read.evaluate("row => row.getBoundingClientRect().top"), page.evaluate("scrollY")
    written = conversations.contribute(conversation=thread, body="Pensez au tendeur.", by=village.bruno)
    bar = page.locator("[data-news] button")
    expect(bar).to_have_text("1 nouvelle réponse")
    expect(page.locator(f"#contribution-{written.pk}")).to_have_count(1)
    assert read.evaluate("row => row.getBoundingClientRect().top") == pytest.approx(before, abs=1)
    assert page.evaluate("scrollY") == pytest.approx(scrolled, abs=1)
    expect(page.locator("#rep")).to_have_text("4 réponses")
    bar.click()
    expect(page.locator(f"#contribution-{written.pk}")).to_be_focused()
    expect(bar).to_be_hidden()


def test_what_comes_above_does_not_push_either(sit, village, thread):
    page = sit(village.lucie, f"/conversations/{thread.pk}/?sort=recent")
    read = page.locator("article.answer").last
    read.evaluate("row => scrollTo(0, scrollY + row.getBoundingClientRect().top - 100)")
    before = read.evaluate("row => row.getBoundingClientRect().top")
    written = conversations.contribute(conversation=thread, body=LONG, by=village.bruno)
    expect(page.locator(f"#contribution-{written.pk}")).to_have_count(1)
    assert read.evaluate("row => row.getBoundingClientRect().top") == pytest.approx(before, abs=1)


def test_while_one_writes_nothing_moves_and_nothing_is_lost(sit, village, thread):
    page = sit(village.lucie, f"/conversations/{thread.pk}/")
    field = page.locator("#repondre textarea")
    field.fill("Je commence à écrire")
    field.evaluate("field => field.scrollIntoView({block: 'center'})")
    before = top_of(page, "#repondre textarea")
    for person in (village.bruno, village.farid):
        conversations.contribute(conversation=thread, body=LONG, by=person)
    expect(page.locator("[data-news] button")).to_have_text("2 nouvelles réponses")
    assert top_of(page, "#repondre textarea") == pytest.approx(before, abs=1)
    expect(field).to_be_focused()
    expect(field).to_have_value("Je commence à écrire")


def test_acceptance_edits_and_withdrawals_show(sit, village, thread):
    answer, other, _third = thread.contributions.filter(part="answer").order_by("pk")
    page = sit(village.gilles, f"/conversations/{thread.pk}/")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    conversations.accept_answer(answer=answer, question=thread, by=thread.author)
    expect(page.locator(f"#contribution-{answer.pk}.accepted")).to_have_count(1)
    expect(page.locator("#etat")).to_contain_text("Résolue")
    conversations.edit(
        contribution=answer, body="Tout autre chose.", by=answer.author, version=answer.version
    )
    expect(page.locator(f"#contribution-{answer.pk}")).to_contain_text("Tout autre chose.")
    conversations.delete(contribution=other, by=other.author)
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator(f"#contribution-{other.pk}")).to_contain_text("Ce texte a été retiré")


def test_what_happened_while_the_page_was_away_is_there_on_coming_back(sit, village, thread):
    page = sit(village.lucie, f"/conversations/{thread.pk}/")
    page.context.set_offline(True)
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    written = conversations.contribute(conversation=thread, body="Pendant ce temps.", by=village.bruno)
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator(f"#contribution-{written.pk}")).to_have_count(1)


def test_the_desk_follows_what_a_colleague_does(sit, village):
    page = sit(village.agathe, "/desk/")
    lines = page.locator("[data-rows] > li")
    count = lines.count()
    gone, kept = (lines.nth(place).get_attribute("id") for place in (0, 1))
    mine = page.locator(f"#{kept} article")
    mine.focus()
    mine.evaluate("row => scrollTo(0, scrollY + row.getBoundingClientRect().top - 120)")
    before = top_of(page, f"#{kept}")
    treat(page, gone, village)
    expect(page.locator(f"#{gone}")).to_contain_text("Traité par Bruno Keller.")
    expect(page.locator(f"#{gone} form")).to_have_count(0)
    assert top_of(page, f"#{kept}") == pytest.approx(before, abs=1)
    expect(page.locator(f"#{gone}")).to_have_count(0)
    expect(lines).to_have_count(count - 1)
    assert top_of(page, f"#{kept}") == pytest.approx(before, abs=1)
    expect(mine).to_be_focused()


def treat(page: Page, line: str | None, village: Any) -> None:
    """Bruno puts it down as done."""
    address = page.locator(f"#{line} form[action*='/done/']").get_attribute("action") or ""
    desk.put_done(community=village.lines, key=address.split("/")[-3], by=village.bruno)


def test_the_line_one_is_on_says_so_and_stays_until_one_leaves_it(sit, village):
    page = sit(village.agathe, "/desk/")
    first = page.locator("[data-rows] > li").first.get_attribute("id")
    row = page.locator(f"#{first} article")
    row.focus()
    treat(page, first, village)
    expect(row).to_contain_text("Traité par Bruno Keller.")
    page.wait_for_timeout(3500)
    expect(row).to_be_focused()
    page.keyboard.press("j")
    on = page.locator("[data-rows] > li article:focus")
    on.evaluate("row => scrollTo(0, scrollY + row.getBoundingClientRect().top - 120)")
    name = on.get_attribute("id")
    expect(page.locator(f"#{first}")).to_have_count(0)
    expect(page.locator(f"#{name}")).to_be_focused()
    assert top_of(page, f"#{name}") == pytest.approx(120, abs=1)


def test_reactions_are_counted_in_the_open_page_and_one_s_own_button_keeps_the_keyboard(sit, village, thread):
    answer, other, _third = thread.contributions.filter(part="answer").order_by("pk")
    page = sit(village.pawel, f"/conversations/{thread.pk}/")
    helps = page.locator(f"#react-{answer.pk}-helps")
    thanks = page.locator(f"#react-{other.pk}-thanks")
    thanks.click()
    expect(thanks).to_have_attribute("aria-pressed", "true")
    before = top_of(page, f"#contribution-{answer.pk}")
    for person in (village.lucie, village.bruno):
        conversations.react(contribution=answer, meaning=Meaning.HELPS, by=person)
        conversations.react(contribution=other, meaning=Meaning.THANKS, by=person)
    expect(helps.locator(".num")).to_have_text("2")
    assert top_of(page, f"#contribution-{answer.pk}") == pytest.approx(before, abs=1)
    expect(thanks).to_be_focused()
    page.keyboard.press("Tab")
    expect(thanks.locator(".num")).to_have_text("3")
    expect(page.locator("[data-news] button")).to_be_hidden()


def test_who_changes_their_password_is_out_of_their_other_pages_within_seconds(sit, village):
    with override_settings(PASSWORD_HASHERS=global_settings.PASSWORD_HASHERS):  # as where it is served
        village.lucie.set_password(PASSWORD)
    village.lucie.save()
    page = sit(village.lucie, f"/conversations/{village.waiting.pk}/")
    here = sit(village.lucie, "/accounts/password/change/")
    here.locator("[name=oldpassword]").fill(PASSWORD)
    here.locator("[name=password1]").fill("une-phrase-toute-neuve")
    here.get_by_role("main").get_by_role("button", name="Changer").click()
    here.wait_for_function(LINE)
    page.wait_for_function("() => document.documentElement.dataset.listening === undefined")
    page.reload()
    expect(page.locator("[name=password]")).to_be_visible()
    expect(here.get_by_role("heading", level=1)).to_have_text("Connexion et sécurité")


def test_without_javascript_the_same_pages_work(sit, village, thread):
    page = sit(village.lucie, f"/conversations/{thread.pk}/", javascript=False)
    expect(page.locator("article.answer")).to_have_count(3)
    expect(page.locator("[data-news] button")).to_be_hidden()
    page.locator("#repondre textarea").fill("Sans script.")
    page.get_by_role("button", name="Publier mon message").click()
    expect(page.locator("article.answer, article[data-row]")).to_have_count(4)


def test_the_bell_lights_up_and_goes_out_in_every_page_without_taking_the_keyboard(sit, village, run_jobs):
    page, other = sit(village.lucie, "/feed/"), sit(village.lucie, "/me/drafts/")
    page.goto("/me/notifications/")
    page.goto("/feed/")
    page.wait_for_function(LINE)
    bell = page.get_by_role("link", name="Notifications", exact=True)
    bell.focus()
    expect(other.locator(".bar .dot")).to_have_count(0)
    conversations.contribute(conversation=village.waiting, body="Essayez ceci.", by=village.farid)
    run_jobs()
    for one in (page, other):
        expect(one.locator(".bar .dot")).to_have_count(1)
        expect(one.get_by_role("link", name="Notifications : du nouveau")).to_be_visible()
    expect(page.get_by_role("link", name="Notifications : du nouveau")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".told").first).to_contain_text(village.waiting.title)
    for one in (page, other):
        expect(one.locator(".bar .dot")).to_have_count(0)
