"""An embeddings service on this machine, for tests: what it answers, and what it was asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Service:
    """Vectors that count letters a to h: texts of the same letters are close."""

    def __init__(self) -> None:
        self.asked: list[dict] = []
        self.keys: list[str | None] = []
        self.status = 200
        self.body: bytes | None = None
        self.location = ""
        self.url = ""

    def answer(self, texts: list[str]) -> bytes:
        if self.body is not None:
            return self.body
        rows = [
            {"index": n, "embedding": [float(text.lower().count(letter)) + 0.01 for letter in "abcdefgh"]}
            for n, text in enumerate(texts)
        ]
        return json.dumps({"data": rows[::-1], "model": "letters"}).encode()


@contextmanager
def service() -> Iterator[Service]:
    """A service that listens on the loopback."""
    told = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.asked.append({"path": self.path, **asked})
            told.keys.append(self.headers["Authorization"])
            body = told.answer(asked["input"])
            self.send_response(told.status)
            if told.location:
                self.send_header("Location", told.location)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """Nothing on the terminal of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
