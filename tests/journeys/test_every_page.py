"""Every page holds: accessible in both looks and at both sizes, popovers opened, and nothing runs over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.architecture.world import addresses
from tests.journeys.conftest import DESKTOP, PHONE, context_for, listen
from tests.journeys.pages import NO_PAGE, PAGES, PageToSee, live_on
from tests.journeys.village import Village

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("transactional_db")]

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# The look changes colours only, so only what reads colours has to read them twice.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
NARROW = ViewportSize(width=320, height=800)


@pytest.fixture(scope="module")
def place(settled: Village) -> Village:
    live_on(settled)
    return settled


@pytest.fixture(scope="module")
def eyes(browser: Browser, site: str, place: Village) -> Iterator:
    """A page of each person who looks, signed in once, with axe in every document."""
    pages: dict[str | None, Page] = {}
    complaints: list[str] = []

    def of(who: str | None) -> tuple[Page, list[str]]:
        if who not in pages:
            context = context_for(browser, site, who and getattr(place, who))
            pages[who] = context.new_page()
            listen(pages[who], complaints)
        complaints.clear()
        return pages[who], complaints

    yield of
    for page in pages.values():
        page.context.close()


def violations(page: Page, options: dict, within: str | None = None) -> list[str]:
    if page.evaluate("typeof window.axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    call = f"axe.run({json.dumps(within) if within else 'document'}, {json.dumps(options)})"
    found = page.evaluate(f"{call}.then(results => results.violations)")
    return [
        f"{rule['id']} {node['html'][:200]} {(node.get('failureSummary') or '')[:300]}"
        for rule in found
        for node in rule["nodes"]
    ]


def at_full_height(page: Page, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})


def runs_over(page: Page) -> int:
    """By how many pixels the page can be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def look_at(page: Page, where: str) -> list[str]:
    found = []
    for size in (DESKTOP, PHONE):
        page.emulate_media(color_scheme="light")
        at_full_height(page, size)
        found += [f"{where} {size['width']} {line}" for line in violations(page, RULES)]
        page.emulate_media(color_scheme="dark")
        found += [f"{where} {size['width']} dark {line}" for line in violations(page, COLOURS)]
    return found


def open_each_popover(page: Page) -> list[str]:
    """One of each sort of those that belong to the page; the frame's own have a test of theirs."""
    found = []
    kinds = page.evaluate(
        """() => { const seen = {}; for (const p of document.querySelectorAll('main [popover]'))
           seen[p.id.replace(/[-\\d].*$/, '')] ??= p.id; return Object.values(seen) }"""
    )
    for key in kinds:
        found += look_into(page, key)
    return found


def look_into(page: Page, key: str) -> list[str]:
    found = []
    page.evaluate("key => document.getElementById(key).showPopover()", key)
    looks: list[tuple[Literal["light", "dark"], dict]] = [("light", RULES), ("dark", COLOURS)]
    for look, options in looks:
        page.emulate_media(color_scheme=look)
        found += [f"#{key} {look} {line}" for line in violations(page, options, f"#{key}")]
    page.evaluate("key => document.getElementById(key).hidePopover()", key)
    return found


def anatomy(page: Page) -> list[str]:
    facts = page.evaluate(
        """() => ({h1: document.querySelectorAll('h1').length, lang: document.documentElement.lang,
        skip: document.body.firstElementChild.matches('a.skip[href="#contenu"]'),
        main: document.querySelectorAll('main#contenu').length, title: document.title,
        style: document.querySelectorAll('[style]:not(svg *)').length,
        ids: [...document.querySelectorAll('[id]')].map(e => e.id)
            .filter((id, i, all) => all.indexOf(id) !== i)})"""
    )
    wanted = {"h1": 1, "lang": "fr", "skip": True, "main": 1, "style": 0, "ids": []}
    return [f"{name} is {facts[name]}" for name, right in wanted.items() if facts[name] != right] + (
        [] if facts["title"].removesuffix(" – Passeur").strip() else ["no title"]
    )


@pytest.mark.parametrize("seen", PAGES, ids=str)
def test_page(place, eyes, seen: PageToSee):
    page, complaints = eyes(seen.who)
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")
    answer = page.goto(seen.address(place))
    assert answer is not None
    assert answer.status < 500
    expect(page.locator(".htmx-request")).to_have_count(0)
    found = anatomy(page) + look_at(page, "page") + open_each_popover(page)
    page.set_viewport_size(NARROW)
    if over := runs_over(page):
        found.append(f"runs over by {over} px at 320 px")
    assert found + complaints == []


def test_axe_is_awake(place, eyes):
    page, _ = eyes("lucie")
    page.goto("/communities/")
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=\"/static/foundation/mark.svg\">'")
    assert any(line.startswith("image-alt") for line in violations(page, RULES))
    page.emulate_media(color_scheme="light")
    page.evaluate("document.querySelector('.lead').style.color = '#9aa'")
    assert any(line.startswith("color-contrast") for line in violations(page, COLOURS))


MISTAKEN = [
    ("lucie", "/communities/maintenance-des-lignes/new/question/", "Publier ma question"),
    ("lucie", "/communities/maintenance-des-lignes/new/experience/", "Publier"),
    ("agathe", "/communities/maintenance-des-lignes/members/invite/", "Envoyer l’invitation"),
    ("agathe", "/communities/new/", "Créer"),
    (None, "/accounts/login/", "Se connecter"),
]


@pytest.mark.parametrize(("who", "path", "button"), MISTAKEN)
def test_pages_with_mistakes(place, eyes, who, path, button):
    page, complaints = eyes(who)
    page.set_viewport_size(DESKTOP)
    page.goto(path)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".field .error").first).to_be_visible()
    expect(page.locator("[aria-invalid=true]:focus, .summary:focus")).to_have_count(1)
    assert anatomy(page) + look_at(page, "mistakes") + complaints == []


@pytest.mark.parametrize("key", ["moi", "communautes", "palette", "raccourcis", "menu"])
def test_popovers_of_the_frame(place, eyes, key):
    page, complaints = eyes("agathe")
    page.goto("/communities/")
    page.set_viewport_size(PHONE if key == "menu" else DESKTOP)
    assert look_into(page, key) + complaints == []


@pytest.mark.parametrize("path", ["/desk/", "/conversations/", "/me/preferences/", "/communities/"])
def test_english_pages_say_so(place, browser, site, path):
    place.bruno.language = "en"
    place.bruno.save()
    context = context_for(browser, site, place.bruno)
    page = context.new_page()
    page.goto(path)
    assert page.locator("html").get_attribute("lang") == "en"
    assert violations(page, RULES) == []
    context.close()


@pytest.mark.parametrize(("who", "path"), [(None, "/accounts/login/"), ("lucie", "/people/{}/")])
def test_text_twice_as_large_still_fits(place, eyes, who, path):
    page, _ = eyes(who)
    page.goto(path.format(place.lucie.pk))
    for width in (1440, 640, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert runs_over(page) == 0, width
        assert page.evaluate(CUT_OFF) == [], width


# Words that are cut by their own box, or that lie over other words.
CUT_OFF = """() => [...document.querySelectorAll('main :is(h1, h2, p, label, a, button, legend)')]
  .filter(e => e.checkVisibility() && !e.closest('.vh') && getComputedStyle(e).overflowX !== 'visible'
    && e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML.slice(0, 120))"""


def test_no_page_is_left_out():
    names = {address.name for address in addresses()}
    seen = {page.name for page in PAGES}
    assert seen <= names
    assert set(NO_PAGE) <= names - seen
    assert seen | set(NO_PAGE) >= {name for name in names if answers_to_get(name)}


def answers_to_get(name: str) -> bool:
    """Whether the address of that name can answer to a GET at all: not those that take POST only."""
    from django.test import RequestFactory
    from django.urls import get_resolver

    pattern = next(p for p in _patterns(get_resolver(), "") if p[0] == name)[1]
    request = RequestFactory().get("/")
    request.user = type("Somebody", (), {"is_authenticated": True, "pk": 0})()
    try:
        answer = pattern.callback(request, **dict.fromkeys(pattern.pattern.converters, 0))
        return int(answer.status_code) != 405
    except Exception:  # it went in: it takes GET
        return True


def _patterns(resolver, prefix):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        else:
            yield f"{prefix}{pattern.name}", pattern
