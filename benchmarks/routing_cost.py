"""What routing one question costs the processor, in databases that `passeur synthesize` made. Prints JSON.

    python benchmarks/routing_cost.py DATA_DIR [DATA_DIR ...] [--questions 100] [--profile FILE]

In the largest community of each folder, over its latest questions that evidence knows, one at a time:
`order` is who could help, best first, with their chances; `ten` is the same with reasons for the first ten;
`rank` is what a page is told: reasons for twenty, what each carries and fairness; `listing` is the same
written down, as for a new question; `ask` is what the ask page shows for the title alone, then for title and
text, as somebody types. Each question was ranked once before; nothing is kept. `first` is `rank` as the first
thing asked on a new connection, of twenty questions: plans are made then, which the connection keeps.
Milliseconds of processor time of our process and of the server process behind it, median and 95th percentile,
so that whoever else uses the machine does not count.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

FIRST = 20
WARM = 10
"""Questions before those that count: word lists and plans are read once a process."""


def main() -> None:
    """Measure the folders in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--profile", type=Path, help="keep a profile of our process there (cProfile)")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.alone:
        print(json.dumps(measured(given.questions, given.profile)))
        return
    print(json.dumps([of_folder(folder.resolve(), given) for folder in given.folders], indent=2))


def of_folder(folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    """One folder, in a process of its own: settings are read once."""
    from passeur.foundation.postgres import server

    words = [sys.executable, __file__, str(folder), "--alone", "--questions", str(given.questions)]
    if given.profile:
        words += ["--profile", str(given.profile.resolve())]
    with server.running(folder) as private:
        there = {"DATA_DIR": str(folder), "DATABASE_URL": private.url}
        environment = {**os.environ, **there, "DJANGO_SETTINGS_MODULE": "passeur.project.settings"}
        done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measured(wanted: int, profile: Path | None) -> dict[str, Any]:
    """Everything of the database that the settings name."""
    import django

    django.setup()
    from passeur.accounts.models import Member
    from passeur.conversations.models import Contribution, Conversation
    from passeur.expertise.models import Evidence, Exchange
    from passeur.expertise.queries.candidates import considered_now
    from passeur.expertise.services import write_listing

    evidence = Evidence.objects.order_by("-questions").select_related("community").first()
    if evidence is None:
        sys.exit("No evidence was counted in this folder: passeur synthesize, without --no-derive.")
    known = Exchange.objects.filter(community=evidence.community_id, conversation__kind="question")
    latest = [
        exchange.conversation
        for exchange in known.select_related("conversation__community", "conversation__author").order_by(
            "-asked_at"
        )[: wanted + WARM]
    ]
    bodies = dict(
        Contribution.objects.filter(conversation__in=latest, part="opening").values_list(
            "conversation", "body"
        )
    )
    profiler = cProfile.Profile(time.process_time) if profile else None
    work: dict[str, Callable[[Conversation], object]] = {
        "order": lambda question: ordering(question, 0),
        "ten": lambda question: ordering(question, 10),
        "rank": considered_now,
        "listing": write_listing,
        "ask": lambda question: asking(question, question.title, ""),
        "ask_with_text": lambda question: asking(question, question.title, bodies[question.pk]),
    }
    for question in latest:
        considered_now(question)  # its pages are in memory
    costs = {
        name: [cost(one, question, profiler) for question in latest][WARM:] for name, one in work.items()
    }
    costs["first"] = [cost(considered_now, question, None, anew=True) for question in latest[:FIRST]]
    if profiler and profile:
        profiler.dump_stats(profile)
    return {
        "sizes": {
            "members": Member.objects.count(),
            "conversations": Conversation.objects.count(),
            "contributions": Contribution.objects.count(),
            "community": {
                "members": evidence.community.memberships.count(),
                "exchanges": evidence.questions,
                "answers": evidence.answers,
            },
        },
        "questions": len(latest) - WARM,
        "cpu_milliseconds": {name: told(some) for name, some in costs.items()},
    }


def ordering(question: Any, reasons: int) -> object:
    """Everybody who could help, in order; so many of them with reasons."""
    from passeur.algorithms.routing import Themes
    from passeur.conversations.queries.past import asked_once
    from passeur.expertise.queries.ranking import rank
    from passeur.skills.queries import parents_above

    told = asked_once(question.pk)
    if told is None:
        sys.exit("A question is gone.")
    tree = Themes(parents=parents_above(told[0].themes))
    return rank(question.community_id, told[0], tree, now=time.time(), limit=reasons)


def asking(question: Any, title: str, body: str) -> object:
    """Who could be told, beside the form, of what was typed so far."""
    from django.http import QueryDict

    from passeur.expertise.queries.draft import draft_panel

    form = QueryDict(mutable=True)
    form.update({"title": title, "body": body})
    return draft_panel(question.community, question.author, form, swapped=True)


def cost(
    work: Callable[[Any], object], question: Any, profiler: cProfile.Profile | None, *, anew: bool = False
) -> tuple[float, float]:
    """(our, the server's) seconds of work, in a transaction that is taken back; `anew`: on a new line."""
    from django.db import connection, transaction

    if anew:
        connection.close()
    with transaction.atomic():
        connection.cursor().execute("select 1")
        ours, servers = time.process_time(), server_work()
        if profiler:
            profiler.enable()
        work(question)
        if profiler:
            profiler.disable()
        spent = time.process_time() - ours, server_work() - servers
        transaction.set_rollback(True)
    return spent


def server_work() -> float:
    """Processor seconds of the server process that serves us (Linux; it runs on this machine)."""
    from django.db import connection

    process = Path(f"/proc/{connection.connection.info.backend_pid}")
    return int((process / "schedstat").read_text().split()[0]) / 1e9


def told(costs: Iterable[tuple[float, float]]) -> dict[str, dict[str, float]]:
    ours, servers = zip(*costs, strict=True)
    both = [a + b for a, b in zip(ours, servers, strict=True)]
    return {
        side: {
            "median": round(1e3 * statistics.median(some), 1),
            "p95": round(1e3 * statistics.quantiles(some, n=20)[-1], 1),
        }
        for side, some in (("both", both), ("ours", ours), ("server", servers))
    }


if __name__ == "__main__":
    main()
