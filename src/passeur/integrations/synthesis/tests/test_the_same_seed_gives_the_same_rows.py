"""A synthesis is what was asked for, repeats to the row, and goes on where it was stopped."""

import datetime as dt
import hashlib

import pytest
from django.db import connection

from passeur.channels.services import runs
from passeur.conversations.services import imports
from passeur.integrations import synthesis
from passeur.integrations.synthesis.archive import SyntheticCommunity
from passeur.integrations.synthesis.sizes import shared_out, villages

SIZES = synthesis.Sizes(members=300, conversations=240, contributions=900, seed=7)
DAY = dt.date(2026, 3, 2)
ROWS = "32734adf5833c0e1"
"""A change here means that figures measured before and after are not of the same rows."""

STATEMENTS = 1510
"""That follow from these rows, but for who follows what, which is by chance of the keys that rows have."""
DERIVED = (
    "conversations_searchdocument", "recommendations_lexicaldocument", "expertise_evidence",
    "expertise_tally",
    "expertise_listing", "desk_filling", "engagement_exchange", "engagement_responseday", "records_statement",
    "engagement_tally", "engagement_total", "engagement_presence",
)  # fmt: skip


def synthesize():
    return synthesis.synthesize(SIZES, until=DAY, progress=lambda what, share: None)


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")  # noqa: S608 - names of ours
        return int(cursor.fetchone()[0])


def digest() -> str:
    """Of all that people would read, whatever the keys of the rows are here."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select k.external_id, m.email, k.part, k.body, k.html, k.created_at at time zone 'UTC', k.votes,
                v.kind, v.title, v.state, v.answer_count, c.slug
            from conversations_contribution k
            join conversations_conversation v on v.id = k.conversation_id
            join communities_community c on c.id = v.community_id
            join accounts_member m on m.id = k.author_id
            order by c.slug collate "C", k.external_id collate "C"
            """
        )
        return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()[:16]


@pytest.mark.django_db
def test_sizes_are_kept_to_the_row():
    made = synthesize()
    assert rows("conversations_conversation") == SIZES.conversations == made.conversations
    assert rows("conversations_contribution") == SIZES.contributions == made.contributions


@pytest.mark.django_db
def test_a_seed_and_a_day_give_these_very_rows():
    synthesize()
    assert digest() == ROWS


@pytest.mark.django_db
def test_made_again_nothing_changes():
    synthesize()
    before = digest()
    synthesize()
    assert (rows("conversations_contribution"), digest()) == (SIZES.contributions, before)


@pytest.mark.django_db
def test_what_was_interrupted_is_finished_by_the_next_run(monkeypatch):
    """The first community is there, the second stopped half-way: the same rows at the end."""
    whole = imports.load

    def stops(archive, **options):
        if archive.community_slug.endswith("-2"):
            channel = runs.channel_of(archive, community=options["community"])
            with runs.running(channel, archive.problems):
                raise KeyboardInterrupt
        return whole(archive, **options)

    monkeypatch.setattr(imports, "load", stops)
    with pytest.raises(KeyboardInterrupt):
        synthesize()
    partly = rows("conversations_contribution")
    assert 0 < partly < SIZES.contributions
    monkeypatch.setattr(imports, "load", whole)
    # Another day, too: the story ends where it ended the first time.
    synthesis.synthesize(SIZES, until=DAY + dt.timedelta(days=1), progress=lambda what, share: None)
    assert rows("conversations_contribution") == SIZES.contributions
    assert digest() == ROWS


def test_shares_add_up():
    assert shared_out(10, [1, 1, 1]) == [3, 4, 3]
    assert sum(shared_out(2_000_000, [1 / (n + 1) for n in range(40)])) == 2_000_000


def test_texts_are_as_uneven_as_ours():
    """A few words are everywhere, and of the words that are there about half are said once or twice."""
    home = villages(SIZES, dt.datetime(2026, 3, 2, tzinfo=dt.UTC))[0]
    people = [str(number) for number in range(50)]
    words: dict[str, int] = {}
    for records in SyntheticCommunity(home, SIZES, people).records():
        for record in records:
            for word in getattr(record, "body", "").lower().split():
                words[word] = words.get(word, 0) + 1
    often = sorted(words.values(), reverse=True)
    assert sum(often[:50]) > 0.35 * sum(often)
    assert sum(1 for times in often if times <= 2) > 0.4 * len(often)


@pytest.mark.django_db
@pytest.mark.parametrize("is_taken_over", [False, True], ids=["by jobs", "taken over"])
def test_all_that_follows_is_made_once(run_jobs, is_taken_over):
    """The same, whether the jobs that the import left made it or `derive` did."""
    synthesize()
    if is_taken_over:
        # Of each community: who came, exchanges, the desk, statements.
        assert synthesis.take_over() == 4 * rows("communities_community")
        assert synthesis.take_over() == 0
    run_jobs()
    assert (rows("engagement_exchange") == 0) == is_taken_over
    told: list[str] = []
    synthesis.derive(progress=lambda what, share: told.append(what))
    made = {table: rows(table) for table in DERIVED}
    assert made["conversations_searchdocument"] == made["engagement_exchange"] == SIZES.conversations
    assert made["desk_filling"] == made["expertise_evidence"] == rows("communities_community")
    assert min(made.values()) > 0
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from records_statement where body->'verb'->>'id' not like '%/follow'")
        assert cursor.fetchone() == (STATEMENTS,)
    assert rows("engagement_changedday") == 0
    synthesis.derive(progress=lambda what, share: None)
    assert {table: rows(table) for table in DERIVED} == made
    assert told[-1] == ""
