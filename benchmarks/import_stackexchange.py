"""Import of a Stack Exchange dump against parsing the same XML alone, both in one run. Prints JSON.

    python benchmarks/import_stackexchange.py [DUMP] [--rounds N] [--times 10]

`parse` reads every file with `xml.etree.ElementTree.iterparse`, and with bare expat. `import` is the whole
way into an empty database made for it: reading, cleaning, writing, states. `index` is what the deferred
jobs then need for the search. Each figure is the best of the rounds, taken in turns, so that a busy machine
slows them alike; the ratio is also given round by round. `cpu` is what each side worked, whoever else used
the machine: parsing, our process, the server's; `cpu_ratio` is both of ours against parsing.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

import django
import grounds

HERE = Path(__file__).resolve().parent
DUMP = HERE.parent.parent / "shared/data/stackexchange-beer/beer.stackexchange.com.tar.xz"
USED = {"Users", "Posts", "Comments", "Votes", "Tags", "TagSynonyms", "PostLinks", "PostHistory", "Badges"}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("dump", nargs="?", type=Path, default=DUMP)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--times", type=int, default=10, help="size of the synthetic dump")
    arguments.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if not options.dump.exists():
        sys.exit(f"There is no dump at {options.dump}: python benchmarks/import_stackexchange.py DUMP")
    grounds.stand()
    django.setup()
    with database():
        if options.memory_of:
            print(json.dumps(memory(options.memory_of)))
            return
        with tempfile.TemporaryDirectory() as scratch:
            folder = unpacked(options.dump, Path(scratch))
            larger = enlarged(folder, Path(scratch) / "larger", options.times)
            result = {
                "1x": measured(folder, options.rounds),
                f"{options.times}x": measured(larger, max(1, options.rounds // 3)),
            }
        print(json.dumps(result, indent=2))


@contextmanager
def database() -> Iterator[None]:
    """A database of its own, dropped afterwards."""
    from django.db import connection

    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"benchmark_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def unpacked(dump: Path, scratch: Path) -> Path:
    if dump.is_dir():
        return dump
    with tarfile.open(dump) as archive:
        archive.extractall(scratch, filter="data")
    return next(scratch.rglob("Posts.xml")).parent


def measured(folder: Path, rounds: int) -> dict[str, Any]:
    parses, bare, imports, indexes = [], [], [], []
    works: list[tuple[float, float, float]] = []
    counts: dict[str, int] = {}
    for number in range(rounds):
        before = time.process_time()
        parses.append(timed(lambda: parse(folder)))
        worked = time.process_time() - before
        bare.append(timed(lambda: parse_bare(folder)))
        taken, indexed, counts, ours, servers = load(folder, f"round-{number}.example")
        works.append((worked, ours, servers))
        imports.append(taken)
        indexes.append(indexed)
    return {
        "megabytes": round(sum(file.stat().st_size for file in files(folder)) / 1e6, 1),
        "rows": counts,
        "parse_seconds": round(min(parses), 3),
        "parse_bare_expat_seconds": round(min(bare), 3),
        "import_seconds": round(min(imports), 3),
        "ratio": round(min(imports) / min(parses), 2),
        "ratio_by_round": [round(b / a, 2) for a, b in zip(parses, imports, strict=True)],
        "cpu": {
            side: round(min(column), 3)
            for side, column in zip(
                ("parse", "import_ours", "import_server"), zip(*works, strict=True), strict=True
            )
        },
        "cpu_ratio": round(
            min(ours + server for _parse, ours, server in works) / min(parse for parse, *_ in works), 2
        ),
        "index_seconds": round(min(indexes), 3),
        "memory_megabytes": separately(folder),
    }


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("*.xml") if file.stem in USED)


def parse(folder: Path) -> int:
    rows = 0
    for file in files(folder):
        for _event, element in ElementTree.iterparse(file):
            rows += 1
            element.clear()
    return rows


def parse_bare(folder: Path) -> int:
    rows = 0

    def start(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal rows
        rows += 1

    for file in files(folder):
        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        with file.open("rb") as stream:
            parser.ParseFile(stream)
    return rows


def load(folder: Path, site: str) -> tuple[float, float, dict[str, int], float, float]:
    """Seconds to import, to index, what was written, and the work of our process and of the server."""
    from passeur.conversations.services import imports
    from passeur.integrations.stackexchange import StackExchangeDump

    ours, servers, started = time.process_time(), server_work(), time.perf_counter()
    archive = StackExchangeDump(folder, site=site)
    summary = imports.load(archive, community=imports.community_for(archive))
    taken = time.perf_counter() - started
    ours, servers = time.process_time() - ours, server_work() - servers
    indexed = timed(index)
    clean()
    return taken, indexed, summary.written, ours, servers


def server_work() -> float:
    """Processor seconds of the server process that serves us, where it runs on this machine; else nothing."""
    from django.db import connection

    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def index() -> None:
    """What the jobs of an import do afterwards."""
    from passeur.conversations.services import indexing, similarity

    indexing.index()
    similarity.index_questions()


def clean() -> None:
    from django.apps import apps
    from django.db import connection

    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    tables = ", ".join(f'"{model._meta.db_table}"' for model in models if "passeur" in model.__module__)
    with connection.cursor() as cursor:
        cursor.execute(f"truncate {tables} restart identity cascade")


def memory(folder: Path) -> dict[str, float]:
    forget_the_peak()
    before = peak()
    from passeur.conversations.services import imports
    from passeur.integrations.stackexchange import StackExchangeDump

    archive = StackExchangeDump(folder, site="memory.example")
    imports.load(archive, community=imports.community_for(archive))
    return {"before": before, "peak": peak()}


def forget_the_peak() -> None:
    """Making the database needed more than an import: Linux measures the highest from here on."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak() -> float:
    """The most memory held at once, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024  # type: ignore[index]
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def separately(folder: Path) -> dict[str, float]:
    """The memory of an import in a process of its own, in which nothing else happened."""
    done = subprocess.run(
        [sys.executable, __file__, "--memory-of", str(folder)], check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _shifted(shift: int, match: re.Match[bytes]) -> bytes:
    """An attribute that holds a number, with a larger one."""
    return b' %s="%d"' % (match[1], int(match[2]) + shift)


def enlarged(folder: Path, target: Path, times: int) -> Path:
    """The same dump `times` over, with other numbers: ids and what refers to them are moved up."""
    target.mkdir()
    ids = re.compile(
        rb' (Id|PostId|RelatedPostId|ParentId|AcceptedAnswerId|UserId|OwnerUserId|LastEditorUserId)="(\d+)"'
    )
    for file in files(folder):
        lines = file.read_bytes().splitlines(keepends=True)
        head, rows, tail = lines[:2], lines[2:-1], lines[-1:]
        with (target / file.name).open("wb") as out:
            out.writelines(head)
            for number in range(times if file.stem != "Tags" else 1):
                out.writelines(ids.sub(partial(_shifted, number * 10_000_000), row) for row in rows)
            out.writelines(tail)
    return target


if __name__ == "__main__":
    main()
