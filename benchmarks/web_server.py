"""Which web server: the same pages behind each that is installed, with the same processes and threads.

`hello` is three bytes from a function: the server alone. `sign-in` is a page of Django and templates.
`healthz` asks the database. `beside slow senders` is the sign-in page again, while `SLOW` others send a form
and never finish. Prints JSON: requests per second (median of the rounds) and latencies in milliseconds.
What is not installed is left out: `pip install gunicorn uvicorn hypercorn a2wsgi`.
"""

import argparse
import asyncio
import importlib.util
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

PROCESSES, THREADS, SLOW = 2, 4, 24
HERE = Path(__file__).resolve().parent
HELLO, SLOWLY = "hello", "beside slow senders"
DJANGO_WSGI, DJANGO_ASGI, BRIDGED, A2WSGI = (
    "passeur.project.wsgi:application",
    "web_server:django_asgi",
    "passeur.project.asgi:application",
    "web_server:django_a2wsgi",
)


def __getattr__(name: str) -> Any:
    """Applications that start Django when they are asked for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "passeur.project.settings")
    if name == "django_asgi":
        from django.core.asgi import get_asgi_application

        return get_asgi_application()
    if name == "django_a2wsgi":
        from passeur.project.wsgi import application

        return importlib.import_module("a2wsgi").WSGIMiddleware(application, workers=THREADS)
    raise AttributeError(name)


def hello(environ: dict[str, object], start_response: Callable[..., object]) -> list[bytes]:
    """The smallest WSGI application."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3")])
    return [b"ok\n"]


async def hello_async(scope: dict[str, object], receive: object, send: Callable[..., object]) -> None:
    """The smallest ASGI application."""
    if scope["type"] == "http":
        headers = [(b"content-type", b"text/plain"), (b"content-length", b"3")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})  # type: ignore[misc]
        await send({"type": "http.response.body", "body": b"ok\n"})  # type: ignore[misc]


def commands(port: int, page: str) -> dict[str, tuple[str, list[str]]]:
    """For each server: the module it needs, and its command line."""
    wsgi = "web_server:hello" if page == HELLO else DJANGO_WSGI
    asgi = "web_server:hello_async" if page == HELLO else DJANGO_ASGI
    python, workers, threads = sys.executable, str(PROCESSES), str(THREADS)
    bound = ["--host", "127.0.0.1", "--port", str(port)]
    granian = [python, "-m", "granian", *bound, "--workers", workers, "--no-ws", "--log-level", "warning"]
    hypercorn = [python, "-m", "hypercorn", "--bind", f"127.0.0.1:{port}", "--workers", workers]
    gunicorn = [python, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", workers]
    uvicorn = [
        python,
        "-m",
        "uvicorn",
        *bound,
        "--workers",
        workers,
        "--log-level",
        "warning",
        "--no-access-log",
    ]
    return {
        "granian wsgi": ("granian", [*granian, "--interface", "wsgi", "--blocking-threads", threads, wsgi]),
        "granian asgi": ("granian", [*granian, "--interface", "asginl", asgi]),
        "granian asgi, our bridge": ("granian", [*granian, "--interface", "asgi", BRIDGED]),
        "granian asgi, a2wsgi": ("a2wsgi", [*granian, "--interface", "asginl", A2WSGI]),
        "gunicorn gthread": (
            "gunicorn",
            [*gunicorn, "--threads", threads, "--worker-class", "gthread", wsgi],
        ),
        "uvicorn asgi": ("uvicorn", [*uvicorn, "--lifespan", "off", asgi]),
        "hypercorn asgi": ("hypercorn", [*hypercorn, "--log-level", "warning", f"asgi:{asgi}"]),
    }


@contextmanager
def serving(command: list[str], port: int) -> Iterator[None]:
    """Run a server until it has answered, and stop it with its children at the end."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(HERE),
        "PASSEUR_LOG_LEVEL": "ERROR",
        "PASSEUR_HASHED_STATIC": "1",
    }
    process = subprocess.Popen(command, env=environment, start_new_session=True, stderr=subprocess.DEVNULL)
    try:
        for _try in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        time.sleep(2)
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


async def ask(port: int, path: str, until: float, taken: list[float], faults: list[int]) -> None:
    """One keep-alive connection that asks again as soon as it was answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    while (began := time.perf_counter()) < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        await read_body(reader, head.lower())
        if not head.startswith(b"HTTP/1.1 200"):
            faults.append(1)
        taken.append(time.perf_counter() - began)
    writer.close()


async def read_body(reader: asyncio.StreamReader, head: bytes) -> None:
    if b"transfer-encoding: chunked" in head:
        while size := int((await reader.readline()).strip() or b"0", 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    elif b"content-length:" in head:
        await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))


async def send_slowly(port: int) -> None:
    """Begin to send a form, and never end."""
    _reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 100000\r\n"
    writer.write(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode())
    while True:
        writer.write(b"a")
        await asyncio.sleep(0.5)


async def load(port: int, path: str, connections: int, seconds: float, slow: int = 0) -> dict[str, float]:
    beside = [asyncio.create_task(send_slowly(port)) for _ in range(slow)]
    await asyncio.sleep(1 if slow else 0)
    taken: list[float] = []
    faults: list[int] = []
    until = time.perf_counter() + seconds
    asking = asyncio.gather(*(ask(port, path, until, taken, faults) for _ in range(connections)))
    with suppress(TimeoutError):
        await asyncio.wait_for(asking, seconds + 5)
    for task in beside:
        task.cancel()
    if not taken:
        return {"per_second": 0.0, "p50": 0.0, "p99": 0.0, "not_200": float(len(faults))}
    milliseconds = sorted(1000 * one for one in taken)
    return {
        "per_second": len(taken) / seconds,
        "p50": milliseconds[len(milliseconds) // 2],
        "p99": milliseconds[int(len(milliseconds) * 0.99)],
        "not_200": len(faults),
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measure(page: str, path: str, given: argparse.Namespace) -> dict[str, dict[str, float]]:
    """All servers in turn, round after round: what else the machine does meets all of them."""
    rounds: dict[str, list[dict[str, float]]] = {}
    for _round in range(given.rounds):
        for name in commands(0, page):
            if page == HELLO and "," in name:
                continue  # a bridge has pages on its other side
            port = free_port()
            module, command = commands(port, page)[name]
            if importlib.util.find_spec(module) is None:
                continue
            with serving(command, port):
                asyncio.run(load(port, path, given.connections, 0.5))
                beside = SLOW if page == SLOWLY else 0
                rounds.setdefault(name, []).append(
                    asyncio.run(load(port, path, given.connections, given.seconds, beside))
                )
    return {
        name: {key: round(statistics.median(one[key] for one in many), 2) for key in many[0]}
        for name, many in rounds.items()
    }


def main() -> None:
    """Serve, load, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=16)
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="passeur-benchmark-"))).resolve()
        from passeur.foundation.postgres import server

        os.environ["DATA_DIR"] = str(folder)
        os.environ["DATABASE_URL"] = stack.enter_context(server.running(folder)).url
        program = [sys.executable, "-c", "from passeur.project.cli import main; main()"]
        subprocess.run([*program, "migrate"], check=True, stdout=subprocess.DEVNULL)
        collect = [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity", "0"]
        settings = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "passeur.project.settings",
            "PASSEUR_HASHED_STATIC": "1",
        }
        subprocess.run(collect, check=True, env=settings)
        pages = {HELLO: "/", "sign-in": "/accounts/login/", "healthz": "/healthz", SLOWLY: "/accounts/login/"}
        result = {page: measure(page, path, given) for page, path in pages.items()}
    setting = {"processes": PROCESSES, "threads": THREADS, "cpus": os.cpu_count(), **vars(given)}
    print(json.dumps({"benchmark": "web_server", "setting": setting, "result": result}, indent=2))


if __name__ == "__main__":
    main()
