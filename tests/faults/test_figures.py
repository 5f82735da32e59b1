"""Figures are of all processes together, and what one counted stays when it is killed."""

import os
import re
import signal
import subprocess
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from tests.faults.house import python, until

A_CHANGE = """
from passeur.conversations.events import ConversationChanged
from passeur.foundation import events
events.publish(ConversationChanged(conversation={question}))
"""


def children_of(process: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=True
    )
    return [int(number) for number in listed.stdout.split()]


def figure(house, name, **labels):
    status, text = house.get("/metrics")
    assert status == 200
    return sum(
        sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )


def test_pages_and_jobs_are_counted_by_all_processes_together_and_survive_them(house):
    page = f"/conversations/{house.question}/"
    asked = {"route": "conversations:detail", "status": "200"}
    before = figure(house, "passeur_requests_total", **asked)
    for _ in range(3):
        assert house.get(page)[0] == 200
    assert figure(house, "passeur_requests_total", **asked) == before + 3

    done = figure(house, "passeur_jobs_done_total", queue="events", outcome="done")
    python(A_CHANGE.format(question=house.question), house.server.url, house.server.folder)
    until(lambda: figure(house, "passeur_jobs_done_total", queue="events", outcome="done") > done)

    web = house.child("web")
    [serving] = children_of(web)
    os.kill(web, signal.SIGKILL)
    # What serves ends by itself when what it belongs to is gone, and another begins.
    until(lambda: not Path(f"/proc/{serving}").exists() and house.is_answering())
    assert figure(house, "passeur_requests_total", **asked) >= before + 3
    assert figure(house, "passeur_live_streams_open") == 0
    assert re.search(r"^passeur_build_info\{", house.get("/metrics")[1], re.MULTILINE)
