"""The database goes away for ten seconds: one sentence meanwhile, and all goes on by itself afterwards."""

import time

from tests.faults.house import python, until

AWAY = 10  # seconds
A_CHANGE = """
from passeur.conversations.events import ConversationChanged
from passeur.foundation import events
events.publish(ConversationChanged(conversation={question}))
"""


def test_pages_say_so_in_one_sentence_and_come_back_without_a_hand(house):
    page = f"/conversations/{house.question}/"
    assert house.get(page)[0] == 200
    processes = house.child("web"), house.child("worker")

    house.server.stop()
    gone = time.monotonic()
    status, text = house.get(page)
    assert status == 503
    assert "La base de données ne répond pas" in text
    assert "Traceback" not in text
    assert house.get("/healthz")[0] == 503
    time.sleep(max(0, AWAY - (time.monotonic() - gone)))
    house.server.start()

    until(lambda: house.get(page)[0] == 200)
    # The worker too: what is asked of it now gets done.
    python(A_CHANGE.format(question=house.question), house.server.url, house.server.folder)
    until(
        lambda: house.server.ask("SELECT 1 FROM procrastinate_jobs WHERE status IN ('todo', 'doing')") == []
    )
    assert house.server.ask("SELECT 1 FROM procrastinate_jobs WHERE status = 'failed'") == []
    # They waited for it: who dies of it too often is given up, and Passeur would end with a long absence.
    assert (house.child("web"), house.child("worker")) == processes
