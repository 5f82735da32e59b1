"""A browser for the session, the village for each journey, and people who walk through it.

Journeys write, so each has a village of its own; tests that only read share one (`settled`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.jobs import forget_queued, run_queued
from tests.journeys.snapshot import Snapshot
from tests.journeys.speech import LANGUAGES, Speech
from tests.journeys.village import Village, build

ANYWHERE = [
    "/usr/bin/chromium-headless-shell",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
]
DESKTOP, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
PATIENCE = 30_000  # milliseconds; a busy machine is no fault of a page

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def browser(site: str) -> Iterator[Browser]:
    """One Chromium, gone before the site that it holds lines to.

    Playwright runs a loop in this thread. Django takes that for an asynchronous view, and keeps another
    connection for it: the one of before, and this one afterwards, must not stay open behind our back.
    """
    program = os.environ.get("CHROMIUM") or next((path for path in ANYWHERE if Path(path).exists()), None)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    connections.close_all()
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
        connections.close_all()


@pytest.fixture(scope="session")
def site(django_db_setup: None) -> Iterator[str]:
    """The product, served to the browser on an address of its own."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture(scope="package")
def lived(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Village, Snapshot]]:
    """The village, lived once, and what the database held then; afterwards, all is as it was before."""
    with django_db_blocker.unblock():
        forget_queued()
        before = Snapshot.take("before")
        village = build()
        after = Snapshot.take("lived")
        yield village, after
        before.restore()
        before.forget()
        after.forget()


@pytest.fixture
def transactional_db(lived: tuple[Village, Snapshot]) -> None:
    """Journeys put the village back instead of emptying every table; asking for this makes the database."""


@pytest.fixture
def village(transactional_db: None, lived: tuple[Village, Snapshot]) -> Village:
    """A village that nobody has touched."""
    kept, snapshot = lived
    snapshot.restore()
    mail.outbox.clear()
    return deepcopy(kept)


@pytest.fixture(scope="module")
def settled(lived: tuple[Village, Snapshot]) -> Village:
    """A village for all the tests of a module, which only read."""
    kept, snapshot = lived
    snapshot.restore()
    return deepcopy(kept)


@pytest.fixture(params=LANGUAGES)
def says(request: Any, village: Village) -> Speech:
    """A journey that asks for this is walked in each language: everybody of the village reads it."""
    get_user_model()._default_manager.update(language=request.param)
    for person in village.people.values():
        person.language = request.param
    return Speech(request.param)


@pytest.fixture
def run_jobs(village: Village) -> Callable[[], int]:
    """Run what is queued: the browser's server commits, so this must not stand in a transaction."""
    return run_queued


@pytest.fixture
def visit(request: Any, browser: Browser, site: str, village: Village) -> Iterator[Visit]:
    """Open a page as somebody (or a stranger): `visit(person, "/desk/", width=390)`.

    Whatever the page says on its console as an error fails the test: so a CSP violation is never missed.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    spoken = request.getfixturevalue("says").locale if "says" in request.fixturenames else "fr-FR"

    def open_as(person: Any, path: str = "/", **options: Any) -> Page:
        options.setdefault("locale", spoken)
        contexts.append(context_for(browser, site, person, **options))
        page = contexts[-1].new_page()
        listen(page, complaints)
        page.goto(path)
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert complaints == []


def context_for(browser: Browser, site: str, person: Any, **options: Any) -> BrowserContext:
    """A browser of that person, signed in by cookie. `phone`, `javascript` and Playwright's own options."""
    size = PHONE if options.pop("phone", False) else DESKTOP
    settled = {"base_url": site, "locale": "fr-FR", "viewport": size, "reduced_motion": "reduce"}
    javascript = options.pop("javascript", True)
    context = browser.new_context(**{**settled, **options}, java_script_enabled=javascript)
    context.set_default_timeout(PATIENCE)
    if person is not None:
        client = Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])
    return context


# A refusal with a status of its own (409, 422) is an answer; a request that is given up when its page is left
# is told by htmx in two lines, one that fails otherwise (`htmx:sendError`) in another.
NO_ERRORS = ("Failed to load resource", "htmx:sendAbort,", "htmx:afterRequest,")


def listen(page: Page, complaints: list[str]) -> None:
    """Note errors of the page."""

    def note(message: Any) -> None:
        if message.type == "error" and not any(words in message.text for words in NO_ERRORS):
            complaints.append(f"{page.url}: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
