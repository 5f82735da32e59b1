"""Processes killed outright, in the middle of what they were at: nothing is lost, nothing is done twice."""

import io
import os
import signal
import socket
import threading
from pathlib import Path

import psycopg
import pytest
from PIL import Image

from tests.faults.house import PATIENCE, python, until

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


@pytest.fixture
def house(own_house):
    return own_house


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


def data_of(house) -> Path:
    return Path(house.server.folder.parent / "data")


def kept_in(house) -> list[Path]:
    return [path for path in (data_of(house) / "files").rglob("*") if path.is_file()]


def picture() -> bytes:
    made = io.BytesIO()
    Image.effect_noise((900, 900), 80).save(made, "JPEG", quality=95)
    return made.getvalue()


def test_a_process_killed_while_a_file_arrives_keeps_no_half_of_it(house):
    token, image = house.form_token(f"/conversations/{house.question}/"), picture()
    part = b'Content-Disposition: form-data; name="one-files"; filename="galet.jpg"'
    head, tail = b"--B\r\n" + part + b"\r\nContent-Type: image/jpeg\r\n\r\n", b"\r\n--B--\r\n"
    cookies = "; ".join(f"{name}={value}" for name, value in house.cookies.items())
    asked = (
        f"POST /files/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\nX-CSRFToken: {token}\r\n"
        "Content-Type: multipart/form-data; boundary=B\r\n"
        f"Content-Length: {len(head) + len(image) + len(tail)}\r\nConnection: close\r\n\r\n"
    ).encode()
    with socket.create_connection(("127.0.0.1", house.port), timeout=PATIENCE) as line:
        line.sendall(asked + head + image[: len(image) // 2])
        os.kill(house.child("web"), signal.SIGKILL)
    until(house.is_answering)
    assert kept_in(house) == []
    assert house.server.ask("SELECT count(*) FROM writing_attachment") == [(0,)]

    with socket.create_connection(("127.0.0.1", house.port), timeout=PATIENCE) as line:
        line.sendall(asked + head + image + tail)
        assert b" 201 " in line.makefile("rb").readline()
    assert len(kept_in(house)) == 1
    assert house.server.ask("SELECT count(*) FROM writing_attachment") == [(1,)]
    [path] = kept_in(house)
    house.server.ask("DELETE FROM writing_attachment")
    house.server.ask("DELETE FROM writing_blob")
    path.unlink()


KILLED = """
import io, os, signal
from passeur.accounts.models import Member
from passeur.writing import services
from passeur.writing.adapters import disk
from passeur.writing.services import files
def die(*arguments, **named):
    os.kill(os.getpid(), signal.SIGKILL)
{dies}
note = io.BytesIO(b"%PDF-1.4\\n" + b"x" * 5000)
services.store(content=note, name="note.pdf", by=Member.objects.get(pk={member}))
"""
COLLECTED = """
from passeur.writing import services
services.collect_files()
"""


@pytest.mark.parametrize("dies", ["disk.os.fsync = die", "files.Attachment.objects.create = die"])
def test_bytes_left_by_a_process_killed_while_keeping_a_file_are_collected(house, dies):
    url, folder = house.server.url, data_of(house)
    with pytest.raises(AssertionError):
        python(KILLED.format(dies=dies, member=house.member), url, folder)
    [left] = kept_in(house)
    assert house.server.ask("SELECT count(*) FROM writing_blob") == [(0,)]
    python(COLLECTED, url, folder)
    assert left.exists()  # somebody may be writing it just now
    os.utime(left, (0, 0))
    python(COLLECTED, url, folder)
    assert kept_in(house) == []
