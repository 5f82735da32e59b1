"""Somebody erased does not come back with a newer dump of the place where they wrote."""

import os
import subprocess
import sys

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from passeur.accounts import services as accounts
from passeur.accounts.models import Member
from passeur.accounts.tests.factories import AdministratorFactory
from passeur.channels.models import Identity
from passeur.communities.models import Community, Membership
from passeur.conversations.models import Contribution
from passeur.integrations.stackexchange.tests import dumps
from tests.jobs import run_queued
from tests.test_erased_person import traces_in_the_database

NAME, WORDS = "Zénobie Quillévéré", ("zenobie", "quillevere")
PROGRAM = [sys.executable, "-c", "from passeur.project.cli import main; main()"]


def dump(folder, *, users=dumps.USERS, posts=dumps.POSTS, comments=dumps.COMMENTS[1:]):
    named = dumps.changed(users, "2", DisplayName=NAME)
    return str(dumps.write(folder, Users=named, Posts=posts, Comments=comments))


def bring_in(place: str) -> None:
    """`passeur import stackexchange`, in a process of its own, and the jobs that follow."""
    given = connection.get_connection_params()
    keys = [f"{key}={given[key]}" for key in ("host", "port", "user", "password") if given.get(key)]
    url = f"postgresql:///{given['dbname']}?{'&'.join(keys)}"
    done = subprocess.run(
        [*PROGRAM, "import", "stackexchange", place],
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    run_queued()


@pytest.mark.walk
@pytest.mark.django_db(transaction=True)
def test_a_newer_dump_brings_nobody_back(tmp_path):
    folder = tmp_path / "bread.example.com"
    bring_in(dump(folder))
    gone, administrator = Member.objects.get(name=NAME), AdministratorFactory.create()
    accounts.erase(member=gone, by=administrator)
    run_queued()
    assert traces_in_the_database(*WORDS) == []
    people = Member.objects.count()

    bring_in(dump(folder))  # the same dump, in which they still are
    posts = dumps.changed(dumps.POSTS, "11", Body="<p>Trop froid, disais-je.</p>", Score="9")
    written = {**dumps.POSTS[1], "Id": "13", "Body": "<p>Une réponse de plus.</p>"}
    said = {**dumps.COMMENTS[1], "Id": "9", "UserId": "2", "Text": "Encore une chose."}
    bring_in(dump(folder, posts=[*posts, written], comments=[*dumps.COMMENTS[1:], said]))  # and a newer one

    assert traces_in_the_database(*WORDS) == []
    assert Member.objects.count() == people
    assert not Identity.objects.filter(external_id="2").exists()
    assert not Membership.objects.filter(member=gone).exists()
    for number in ("11", "13", "comment-9"):
        author = Contribution.objects.get(external_id=number).author
        assert (author.pk, author.is_active, author.erased_at is None) == (gone.pk, False, False)
    reader = Client()
    reader.force_login(administrator)
    assert Community.objects.get().entry == "open"
    asked = Contribution.objects.get(external_id="13").conversation
    page = reader.get(reverse("conversations:detail", args=[asked.pk])).content.decode()
    assert "Membre parti" in page
    for address in (reverse("conversations:search"), reverse("foundation:palette")):
        assert "Quillévéré" not in reader.get(address, {"q": "Zénobie"}).content.decode()
