"""Pages under load, each beside its floor, in a database that `passeur synthesize` made. Prints JSON.

    python benchmarks/pages.py DATA_DIR [--tenth DATA_DIR] [--seconds 6] [--rounds 3] [--only question ...]

The server is that of `passeur serve` (2 processes), loaded by `wrk` over keep-alive connections, signed in.
A *floor* is the rows of a page read by hand-written SQL through psycopg and sent as JSON, by the same
server behind the same sign-in; *bare* is the same before any of the product's middleware. Page, floor and
bare take turns, round after round, so that whatever else the machine does meets all three. Times are
milliseconds as `wrk` saw them: the median over the rounds of each round's median and 95th percentile.
`weight` is the page's HTML as it is (`html`), compressed by gzip, and as it was sent; and, compressed,
what it asks for beside: its styles, its scripts with all that they import, and the fonts of a Latin page.
The budget of a page is 10 kB of styles and 75 kB of fonts.
`--tenth` names a second data folder, a tenth of the size: `growth` is the ratio of the page's times.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

HERE = Path(__file__).resolve().parent
LOAD = HERE / "load.lua"
PROCESSES = 2


def main() -> None:
    """Measure the folders in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tenth", type=Path)
    parser.add_argument("--seconds", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=4, help="of each process")
    parser.add_argument("--connections", type=int, default=2)
    parser.add_argument("--only", nargs="*", default=[])
    given = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("This benchmark loads pages with wrk, which is not here: https://github.com/wg/wrk")
    whole = measured(given.folder, given)
    if given.tenth:
        smaller = measured(given.tenth, given)
        for name, page in whole["pages"].items():
            page["growth"] = ratio(page["page"]["p50"], smaller["pages"][name]["page"]["p50"])
        whole["tenth"] = smaller
    print(json.dumps(whole, indent=2))


def measured(folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    """All pages of the database in `folder`."""
    # A process of its own: settings are read once.
    words = [sys.executable, str(HERE / "pages_of.py"), str(folder.resolve())]
    sample = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    wanted = {name: page for name, page in sample["pages"].items() if not given.only or name in given.only}
    from passeur.foundation.postgres import server

    with (
        server.running(folder.resolve()) as private,
        tempfile.TemporaryDirectory() as scratch,
        serving(folder.resolve(), private.url, given.threads) as port,
    ):
        pages = {name: page_of(port, page, Path(scratch), given) for name, page in wanted.items()}
    load = [round(one, 2) for one in os.getloadavg()]
    return {
        "sizes": sample["sizes"],
        "setting": {"processes": PROCESSES, "cpus": os.cpu_count(), "load_average_after": load},
        "pages": pages,
    }


def page_of(port: int, page: Mapping[str, Any], scratch: Path, given: argparse.Namespace) -> dict[str, Any]:
    """One page, its floor and its bare floor, in turns."""
    sides = {
        "page": page["paths"],
        "floor": [f"/floor{path}" for path in page["floors"]],
        "bare": [f"/bare{path}" for path in page["floors"]],
    }
    if not page["floors"]:
        sides = {"page": page["paths"]}
    rounds: dict[str, list[dict[str, float]]] = {side: [] for side in sides}
    for paths in sides.values():
        load(port, paths, page["cookie"], scratch, 1, given.connections)  # warm
    for _round in range(given.rounds):
        for side, paths in sides.items():
            rounds[side].append(load(port, paths, page["cookie"], scratch, given.seconds, given.connections))
    result: dict[str, Any] = {
        side: {key: round(statistics.median(one[key] for one in many), 2) for key in many[0]}
        for side, many in rounds.items()
    }
    if page["floors"]:
        result["ratio"] = ratio(result["page"]["p50"], result["floor"]["p50"])
        result["ratio_by_round"] = [
            ratio(a["p50"], b["p50"]) for a, b in zip(rounds["page"], rounds["floor"], strict=True)
        ]
    result["weight"] = weight(port, page["paths"][0], page["cookie"])
    return result


def ratio(one: float, other: float) -> float:
    return round(one / other, 2) if other else 0.0


def load(
    port: int, paths: Sequence[str], cookie: str, scratch: Path, seconds: int, connections: int
) -> dict[str, float]:
    """What wrk saw: p50 and p95 in milliseconds, answers a second, and those that were no 200."""
    listed = scratch / "paths"
    listed.write_text("\n".join(paths))
    words = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "-s", str(LOAD)]
    words += [f"http://127.0.0.1:{port}", "--", str(listed), cookie]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(said.splitlines()[-1])
    return found


def weight(port: int, path: str, cookie: str) -> dict[str, int]:
    """Bytes of a page, as they are and compressed, and of what it asks for."""
    body, sent = fetched(port, path, cookie)
    page = body.decode()
    styles = re.findall(r'rel="stylesheet" href="([^"]+)"', page)
    fonts = {
        urljoin(style, font)
        for style in styles
        for font in re.findall(r'url\("?([^)"]+latin\.[^)"]*woff2)', fetched(port, style)[0].decode())
    }

    def compressed(paths: Iterable[str]) -> int:
        return sum(len(gzip.compress(fetched(port, one)[0], 9)) for one in paths)

    return {
        "html": len(body),
        "gzip": len(gzip.compress(body)),
        "sent": sent,
        "styles": compressed(styles),
        "scripts": compressed(imported(port, re.findall(r'<script src="([^"]+)"', page))),
        "fonts": compressed(fonts),
    }


def imported(port: int, scripts: Iterable[str]) -> set[str]:
    """These scripts and all that they import."""
    found: set[str] = set()
    waiting = list(scripts)
    while waiting:
        script = waiting.pop()
        if script not in found:
            found.add(script)
            text = fetched(port, script)[0].decode()
            waiting += [
                urljoin(script, name) for name in re.findall(r'(?:import|from) ?"(\.[^"]+\.js)"', text)
            ]
    return found


def fetched(port: int, path: str, cookie: str = "") -> tuple[bytes, int]:
    """The body at a path, uncompressed, and how many bytes were sent."""
    headers = {"Cookie": f"sessionid={cookie}", "Accept-Encoding": "gzip"}
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    with urllib.request.urlopen(asked) as answer:
        body: bytes = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
    return gzip.decompress(body) if packed else body, len(body)


@contextmanager
def serving(folder: Path, database: str, threads: int) -> Iterator[int]:
    """The web child of `passeur serve`, with the addresses of the floors beside those of the product."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {
        **os.environ,
        "DATA_DIR": str(folder),
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "pages_settings",
        "PYTHONPATH": os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")]),
        "PASSEUR_LOG_LEVEL": "ERROR",
        "PASSEUR_HASHED_STATIC": "1",
    }
    collect = "import django; django.setup(); from passeur.project.serve import static; static.collect()"
    subprocess.run([sys.executable, "-c", collect], check=True, env=environment)
    words = ["web", "--host", "127.0.0.1", "--port", str(port)]
    words += ["--processes", str(PROCESSES), "--threads", str(threads)]
    child = subprocess.Popen(
        [sys.executable, "-m", "passeur.project.serve.child", *words], env=environment, stdin=subprocess.PIPE
    )
    try:
        for _try in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        child.terminate()
        child.wait()


if __name__ == "__main__":
    main()
