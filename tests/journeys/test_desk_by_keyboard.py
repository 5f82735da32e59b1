"""A desk that is cleared without a mouse: the keys move real focus, and it lands on the next cue."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from passeur.desk.models import Step
from tests.journeys.village import PASSWORD

pytestmark = pytest.mark.journey


def titles(page: Page) -> list[str]:
    return page.locator(".cue h3").all_inner_texts()


def focused(page: Page) -> str:
    """The title of the cue that has the focus."""
    return str(page.evaluate("document.activeElement.closest('.cue')?.querySelector('h3').innerText ?? ''"))


def is_tomorrow(day: dt.date) -> bool:
    return day == timezone.localdate() + dt.timedelta(days=1)


def is_monday(day: dt.date) -> bool:
    return day.weekday() == 0 and 0 < (day - timezone.localdate()).days <= 7


def is_first_of_month(day: dt.date) -> bool:
    return day.day == 1 and 0 < (day - timezone.localdate()).days <= 31


def gone(page: Page, title: str) -> None:
    expect(page.locator(".cue h3", has_text=title)).to_have_count(0)
    expect(page.locator(".cue:focus, .cue :focus")).to_have_count(1)


def tab_to(page: Page, place: Locator) -> None:
    for _press in range(40):
        page.keyboard.press("Tab")
        if place.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"Tab never reaches {place}")


def test_the_whole_day_without_a_mouse(village, visit, says):
    page = visit(None, "/")
    tab_to(page, page.locator("[name=login]"))
    page.keyboard.type(village.agathe.email)
    tab_to(page, page.locator("[name=password]"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/desk/"))
    page.wait_for_load_state()
    left = page.locator(".cue").count()
    assert left >= 5
    page.keyboard.press("j")
    expect(page.locator(".cue:focus")).to_have_count(1)
    while left:
        title = focused(page)
        assert title
        page.keyboard.press("e")
        expect(page.locator("#toasts .toast")).to_contain_text(says("C’est fait."))
        left -= 1
        expect(page.locator(".cue")).to_have_count(left)
        if left:
            expect(page.locator(".cue:focus")).to_have_count(1)
            assert focused(page) != title
    expect(page.get_by_role("heading", name=says("Vous avez fait le tour"))).to_be_visible()
    expect(page.locator("main :focus, main:focus")).to_have_count(1)
    page.keyboard.press("u")
    expect(page.locator(".cue h3", has_text=title)).to_be_visible()


def test_j_and_k_walk_through_the_cues(village, visit):
    page = visit(village.agathe, "/desk/")
    order = titles(page)
    assert len(order) >= 5
    press = page.keyboard.press
    press("j")
    assert focused(page) == order[0]
    press("j")
    press("j")
    assert focused(page) == order[2]
    press("k")
    assert focused(page) == order[1]
    expect(page.locator(".cue.at")).to_have_count(1)
    expect(page.locator(".cue.at kbd").first).to_be_visible()


def test_done_snoozed_and_undone_by_key(village, visit):
    page = visit(village.agathe, "/desk/")
    order = titles(page)
    press = page.keyboard.press
    press("j")
    press("e")
    gone(page, order[0])
    assert focused(page) == order[1]
    expect(page.locator("#toasts .toast")).to_contain_text("C’est fait")

    for digit, waits in [("1", is_tomorrow), ("2", is_monday), ("3", is_first_of_month)]:
        here = focused(page)
        press("s")
        expect(page.locator("[popover]:popover-open")).to_be_visible()
        press(digit)
        gone(page, here)
        expect(page.locator("#toasts .toast")).to_contain_text("Signal reporté")
        assert waits(timezone.localtime(Step.objects.latest("pk").until).date())
    expect(page.locator(".tabs a", has_text="Reportés").locator(".n")).to_have_text("3")

    press("u")
    expect(page.locator("#toasts .toast")).to_contain_text("le signal est de retour")
    expect(page.locator(".tabs a", has_text="Reportés").locator(".n")).to_have_text("2")


def test_enter_does_the_first_move_and_focus_goes_to_what_it_opened(village, visit, run_jobs):
    page = visit(village.agathe, "/desk/")
    cue = page.locator(".cue", has_text=village.newcomer.title)
    cue.focus()
    page.keyboard.press("Enter")
    field = cue.locator("textarea")
    expect(field).to_be_focused()
    page.keyboard.type("Venez me voir à 14 h : on en règle une ensemble.")
    page.keyboard.press("Escape")
    expect(field).not_to_be_focused()
    field.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    gone(page, village.newcomer.title)
    run_jobs()
    page.goto(f"/conversations/{village.newcomer.pk}/")
    expect(page.locator(".answer")).to_contain_text("à 14 h")


def test_escape_closes_what_is_open_and_focus_returns(village, visit):
    page = visit(village.agathe, "/desk/")
    opened = page.locator("[popover]:popover-open")
    info = page.locator(".cue .info").first
    info.focus()
    page.keyboard.press("Enter")
    expect(opened).to_contain_text("poids")
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    expect(info).to_be_focused()
    page.keyboard.press("s")
    expect(opened).to_be_visible()
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)


def test_two_managers_do_not_do_the_same_thing_twice(village, visit):
    agathe, bruno = (visit(person, "/desk/") for person in (village.agathe, village.bruno))
    for page in (agathe, bruno):
        cue = page.locator(".cue", has_text=village.second.title)
        cue.get_by_role("button", name="C’est fait").click()
        gone(page, village.second.title)
    expect(bruno.locator("#toasts .toast")).to_contain_text("Agathe Morel")


def test_a_cue_handed_over_says_by_whom(village, visit):
    page = visit(village.agathe, "/desk/")
    cue = page.locator("li", has=page.locator(".cue", has_text=village.second.title))
    cue.get_by_role("button", name="Reporter").click()
    cue.get_by_role("button", name="Confier à Bruno Keller").click()
    expect(page.locator("#toasts .toast")).to_contain_text("confié à Bruno Keller")
    other = visit(village.bruno, "/desk/")
    expect(other.locator(".cue").first).to_contain_text(village.second.title)
    expect(other.locator(".cue").first).to_contain_text("Confié par Agathe Morel")
