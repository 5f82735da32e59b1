"""Processes killed outright, in the middle of what they were at: nothing is lost, nothing is done twice."""

import os
import signal
import threading

import psycopg

from tests.faults.house import python, until

A_CHANGE = """
from passeur.conversations.events import ConversationChanged
from passeur.foundation import events
from passeur.conversations.models import Conversation
Conversation.objects.filter(pk={question}).update(title="Un titre que la recherche ne connaît pas encore")
events.publish(ConversationChanged(conversation={question}))
"""
INDEXED = "SELECT count(*) FROM conversations_searchdocument WHERE conversation_id = %s"
DEFERRING = (
    "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%procrastinate_defer%'"
)
# A minute passes for those who look whether a worker still lives; then its work is taken up.
A_MINUTE_LATER = """
from django.db import connection
from passeur.foundation.tasks import take_up_stalled
with connection.cursor() as cursor:
    cursor.execute(
        "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes' WHERE id = {worker}"
    )
take_up_stalled.defer(timestamp=0)
"""


def test_a_job_whose_worker_was_killed_is_done_by_the_next(house):
    url, folder = house.server.url, house.server.folder
    with psycopg.connect(url) as other:
        # Somebody holds what the job needs: it is begun, and waits.
        other.execute("LOCK TABLE conversations_searchdocument IN ACCESS EXCLUSIVE MODE")
        python(A_CHANGE.format(question=house.question), url, folder)
        doing = "SELECT worker_id FROM procrastinate_jobs WHERE status = 'doing' AND worker_id IS NOT NULL"
        until(lambda: house.server.ask(doing) != [])
        [(worker,), *_] = house.server.ask(doing)
        os.kill(house.child("worker"), signal.SIGKILL)
        other.rollback()

    until(lambda: len(house.server.ask("SELECT 1 FROM procrastinate_workers WHERE id <> %s", worker)) > 0)
    python(A_MINUTE_LATER.format(worker=worker), url, folder)
    until(
        lambda: house.server.ask("SELECT 1 FROM procrastinate_jobs WHERE status IN ('todo', 'doing')") == []
    )
    assert house.server.ask("SELECT 1 FROM procrastinate_jobs WHERE status = 'failed'") == []
    rows = house.server.ask(INDEXED, house.question)
    assert rows[0][0] >= 1


def test_a_request_whose_process_was_killed_leaves_nothing_half_written_and_can_be_made_again(house):
    page = f"/conversations/{house.question}/"
    token = house.form_token(page)
    reply = f"csrfmiddlewaretoken={token}&body=Une+réponse+écrite+une+seule+fois&next={page}"
    count = (
        "SELECT count(*) FROM conversations_contribution WHERE body LIKE 'Une réponse écrite une seule fois%'"
    )
    outcome: list[object] = []

    def send() -> None:
        try:
            outcome.append(house.post(f"{page}reply/", reply))
        except OSError as error:
            outcome.append(error)

    with psycopg.connect(house.server.url) as other:
        other.execute("LOCK TABLE procrastinate_jobs IN ACCESS EXCLUSIVE MODE")
        sending = threading.Thread(target=send)
        sending.start()
        until(lambda: house.server.ask(DEFERRING) != [])
        os.kill(house.child("web"), signal.SIGKILL)
        sending.join()
        other.rollback()
    assert isinstance(outcome[0], OSError)
    until(lambda: house.server.ask(count) == [(0,)])

    until(house.is_answering)
    status, _text = house.post(f"{page}reply/", reply)
    assert status == 302
    assert house.server.ask(count) == [(1,)]
