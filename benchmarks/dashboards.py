"""What each page of figures costs in a company, and in one ten times as large.

    python benchmarks/dashboards.py TENTH WHOLE [--members 100000 --conversations 500000
        --contributions 2000000 --statements 50000000] [--only pulse ...]

In two folders, each with a server of its own; one that is empty is filled first (`company.py` says with
what), TENTH with a tenth of each number. Then blocks of four weeks that are over are written down and decided
of, as a job does, so that pages read what the product keeps. Whoever animates the largest community opens
each page, over the last twelve weeks or a year. Prints JSON: by page, at both sizes and their ratio,
milliseconds of the processor here (`time.process_time`) and in the server's process (`/proc/PID/schedstat`),
by the clock, the blocks that its statements read or found (EXPLAIN ANALYZE, each once), and how many
statements it made. Medians of `TIMES`; on a shared machine the clock says more of the others than of the
page. Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

TIMES = 9
AMOUNTS = ("members", "conversations", "contributions", "statements")
PAGES = ("pulse", "response", "themes", "content", "network", "what-works")
_EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) "


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tenth", type=Path)
    parser.add_argument("whole", type=Path, nargs="?")
    for name, usual in zip(AMOUNTS, (100_000, 500_000, 2_000_000, 50_000_000), strict=True):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--only", nargs="*", default=[])
    asked = parser.parse_args()
    if asked.whole is None:
        print(json.dumps(_in(asked.tenth.resolve(), {n: getattr(asked, n) for n in AMOUNTS}, asked.only)))
        return
    found = []
    for folder, part in ((asked.tenth, 10), (asked.whole, 1)):
        amounts = [f"--{name}={getattr(asked, name) // part}" for name in AMOUNTS]
        only = ["--only", *asked.only] if asked.only else []
        made = subprocess.run(
            [sys.executable, __file__, str(folder), *amounts, *only], check=True, stdout=subprocess.PIPE
        )
        found.append(json.loads(made.stdout))
    pages = {
        page: {
            what: [tenth, found[1][page][what], round(found[1][page][what] / tenth, 2) if tenth else None]
            for what, tenth in costs.items()
        }
        for page, costs in found[0].items()
    }
    print(json.dumps({"pages": pages, "load": os.getloadavg()}, indent=1))


def _in(folder: Path, amounts: dict[str, int], only: list[str]) -> dict[str, dict[str, float]]:
    """Fill a folder that is empty; by page, what it costs."""
    os.environ |= {
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "passeur.project.settings",
        "PASSEUR_LOG_LEVEL": "ERROR",
        "SECRET_KEY": "only for a benchmark, where nothing is secret, whatever it says",
    }
    from passeur.foundation.postgres import places, server

    with server.running(folder):
        os.environ["DATABASE_URL"] = places.url(folder, user=places.ADMIN)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from passeur.communities.models import Community

        if not Community.objects.exists():
            import company
            from django.utils import timezone

            from passeur.integrations.synthesis.sizes import Sizes

            company.fill(
                Sizes(amounts["members"], amounts["conversations"], amounts["contributions"], 1),
                amounts["statements"],
                timezone.localdate(),
            )
        _keep_up()
        return _costs(only)


def _keep_up() -> None:
    """All that a job would have made by now."""
    from passeur.engagement import tasks
    from passeur.engagement.models import LastingCell

    if not LastingCell.objects.exists():
        import company
        import lasting

        lasting.count(company.largest())
    tasks.roll(0)


def _costs(only: list[str]) -> dict[str, dict[str, float]]:
    from django.test import Client

    from passeur.communities.models import Community, Membership

    community = Community.objects.order_by("pk")[0]
    manager = Membership.objects.filter(community=community, role="lcm").order_by("pk")[0].member
    paths = {slug: f"/dashboards/{slug}/?community={community.slug}" for slug in PAGES}
    paths |= {f"{slug}, a year": f"{paths[slug]}&period=52" for slug in PAGES}
    for name, theme in zip(("the busiest theme", "a small theme"), _themes(community), strict=True):
        for slug in ("themes", "content"):
            paths[f"{slug}, {name}"] = f"{paths[slug]}&theme={theme}"
            paths[f"{slug}, {name}, a year"] = f"{paths[slug]}&period=52&theme={theme}"
    paths["sponsors"] = f"/communities/{community.slug}/sponsors/report/"
    client = Client()
    client.force_login(manager)
    return {
        name: _cost(client, path) for name, path in paths.items() if not only or name.split(",")[0] in only
    }


def _themes(community: Any) -> tuple[str, str]:
    """Of the themes of a community, the one in which most was asked, and one in which little was."""
    from django.db.models import Sum

    from passeur.engagement.models import ResponseWeek
    from passeur.skills.models import Theme

    weeks = ResponseWeek.objects.filter(community=community.pk, theme__gt=0)
    by_size = weeks.values("theme").annotate(n=Sum("asked")).order_by("-n", "theme")
    found = [one["theme"] for one in by_size]
    slugs = dict(Theme.objects.values_list("pk", "slug"))
    return slugs[found[0]], slugs[found[len(found) * 3 // 4]]


def _cost(client: Any, path: str) -> dict[str, float]:
    from django.db import connection

    for _ in range(2):
        answer = client.get(path, headers={"host": "127.0.0.1"})
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
    if path.startswith("/dashboards/") and b'class="tile"' not in answer.content:
        raise SystemExit(f"{path} shows nothing: that would be no measure of it.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    rows = []
    for _ in range(TIMES):
        clock, here, there = time.perf_counter(), time.process_time(), _nanoseconds(backend)
        client.get(path, headers={"host": "127.0.0.1"})
        rows.append(
            (
                (time.process_time() - here) * 1e3,
                (_nanoseconds(backend) - there) / 1e6,
                (time.perf_counter() - clock) * 1e3,
            )
        )
    blocks, statements = 0, 0

    def explained(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal blocks, statements
        statements += 1
        if not many and sql.lstrip()[:6].upper() in ("SELECT", "WITH R", "WITH A"):
            with context["connection"].connection.cursor() as cursor:
                cursor.execute(_EXPLAIN + sql, params)
                (plan,) = cursor.fetchone()[0]
            blocks += sum(plan["Plan"].get(f"Shared {one} Blocks", 0) for one in ("Hit", "Read"))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explained):
        client.get(path, headers={"host": "127.0.0.1"})
    here, there, clock = (round(statistics.median(one), 1) for one in zip(*rows, strict=True))
    return {
        "here_ms": here, "server_ms": there, "clock_ms": clock, "blocks": blocks, "statements": statements
    }  # fmt: skip


def _nanoseconds(of: Path) -> int:
    return int(of.read_text().split()[0])


if __name__ == "__main__":
    main()
