"""The bridge between a server that is not synchronous and pages that are."""

import asyncio
import threading

from passeur.foundation.tests.streams import run
from passeur.project.serve import bridge
from passeur.project.serve.bridge import Bridge, environ

SCOPE = {
    "type": "http", "method": "POST", "path": "/thèmes/", "query_string": b"q=caf%C3%A9",
    "http_version": "1.1",
    "scheme": "http", "client": ("192.0.2.1", 4000), "server": ("127.0.0.1", 8000),
    "headers": [
        (b"host", b"passeur.example"), (b"content-type", b"text/plain"), (b"x-forwarded-proto", b"http"),
        (b"x_forwarded_proto", b"https"), (b"cookie", b"a=1"), (b"cookie", b"b=2"),
        (b"content-length", b"999"),
    ],
}  # fmt: skip


async def call(pages, *body: bytes):
    """One request; gives back the status, the headers and the body of its answer."""
    parts, sent = list(body) or [b""], []

    async def receive():
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message):
        sent.append(message)

    await pages(SCOPE, receive, send)
    assert sent[-1].get("more_body", False) is False
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(message["body"] for message in sent[1:])


def answering(function, threads=2):
    def application(asked, start):
        start("200 OK", [("X-Size", str(asked["CONTENT_LENGTH"]))])
        return function(asked)

    return Bridge(application, threads=threads)


def test_a_request_is_said_as_wsgi_says_it():
    seen = {}

    def page(asked):
        seen.update(asked)
        return [asked["wsgi.input"].read()]

    status, headers, body = run(call(answering(page), b"abc", b"def"))
    assert (status, headers[b"x-size"], body) == (200, b"6", b"abcdef")
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/thèmes/"
    assert (seen["QUERY_STRING"], seen["REMOTE_ADDR"]) == ("q=caf%C3%A9", "192.0.2.1")
    assert (seen["HTTP_COOKIE"], seen["CONTENT_TYPE"]) == ("a=1; b=2", "text/plain")
    assert "HTTP_CONTENT_LENGTH" not in seen


def test_half_a_body_is_no_request():
    """Whoever leaves while sending asked for nothing, even where what came would pass for a whole request."""
    asked, sent = [], []
    parts = [
        {"type": "http.request", "body": b'{"a": 1}', "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive():
        return parts.pop(0)

    async def send(message):
        sent.append(message)

    def page(environ):
        asked.append(environ)
        return [b"ok"]

    pages = answering(page)
    run(pages(SCOPE, receive, send))
    assert (asked, sent[0]["status"]) == ([], 400)
    assert run(call(pages))[0] == 200


def test_a_header_with_an_underscore_does_not_pass_for_the_one_that_a_proxy_sets():
    with open("/dev/null", "rb") as nothing:  # noqa: PTH123
        assert environ(SCOPE, nothing)["HTTP_X_FORWARDED_PROTO"] == "http"


def test_a_large_answer_comes_in_parts_and_whole():
    size = 3 * bridge.PART + bridge.IN_MEMORY + 7
    _, _, body = run(call(answering(lambda asked: [b"x" * size])))
    assert len(body) == size


def test_whoever_sends_slowly_holds_no_thread():
    """With one thread and many who never finish sending, a page is still answered."""
    pages = answering(lambda asked: [b"ok"], threads=1)

    async def day():
        async def never():
            await asyncio.sleep(3600)

        async def nothing(message):
            raise AssertionError

        slow = [asyncio.create_task(pages(SCOPE, never, nothing)) for _ in range(20)]
        await asyncio.sleep(0)
        _, _, body = await asyncio.wait_for(call(pages), 10)
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        return body

    assert run(day()) == b"ok"


def test_whoever_reads_slowly_holds_no_thread():
    pages = answering(lambda asked: [b"y" * bridge.IN_MEMORY * 2], threads=1)

    async def day():
        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        async def stuck(message):
            await asyncio.sleep(3600)

        slow = [asyncio.create_task(pages(SCOPE, receive, stuck)) for _ in range(5)]
        await asyncio.sleep(0.1)
        _, _, body = await asyncio.wait_for(call(pages), 10)
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        return len(body)

    assert run(day()) == bridge.IN_MEMORY * 2


def test_no_more_pages_at_once_than_threads():
    now, most, lock = 0, 0, threading.Lock()
    gate = threading.Event()

    def page(asked):
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        assert gate.wait(20)
        with lock:
            now -= 1
        return [b""]

    pages = answering(page, threads=3)

    async def day():
        asking = asyncio.gather(*(call(pages) for _ in range(12)))
        async with asyncio.timeout(20):
            while now < 3:
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)  # in which a fourth would come in
        gate.set()
        return [status for status, _, _ in await asking]

    assert run(day()) == [200] * 12
    assert most == 3


def test_too_large_and_too_many_are_refused(monkeypatch):
    pages = answering(lambda asked: [b"ok"])
    monkeypatch.setattr(bridge, "LARGEST_BODY", 10)
    assert run(call(pages, b"x" * 11))[0] == 413
    monkeypatch.setattr(bridge, "MOST_WAITING", 0)
    assert run(call(pages))[0] == 503


def test_an_answer_that_breaks_while_it_is_read_is_an_error_and_no_half_page():
    def broken(asked):
        yield b"half"
        raise RuntimeError

    status, _, body = run(call(answering(broken)))
    assert (status, body) == (500, b"")
