"""Search in the database that `DATABASE_URL` names, else in the demo communities. Prints JSON.

    python benchmarks/search.py [--queries 300] [--seed 1]

`words` judges each way of bringing word forms together on the pairs that `passeur.algorithms` tests with:
how many that should meet do, and how many that should stay apart do. `index` writes every document again.
`time` is of whole result pages, as an administrator of the first community sees them, for one to three words
drawn from the texts. `known` draws two words of one message and looks for its conversation in the first ten:
ours, and `to_tsvector` with PostgreSQL's own dictionaries (French and English, both) over the same texts.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Callable
from typing import Any

import django
import grounds
from django.db import connection

NEW = grounds.stand()
django.setup()
if NEW:
    grounds.settle()

import snowballstemmer  # noqa: E402 - Django must be ready first

from passeur.accounts.models import Member  # noqa: E402
from passeur.algorithms.tests import word_pairs as pairs  # noqa: E402
from passeur.algorithms.words import stem  # noqa: E402
from passeur.conversations.models import Contribution, Conversation, SearchDocument  # noqa: E402
from passeur.conversations.queries.search import lexemes, parse, search  # noqa: E402
from passeur.conversations.queries.search.candidates import among  # noqa: E402
from passeur.conversations.queries.search.ranking import ranked  # noqa: E402
from passeur.conversations.services import indexing  # noqa: E402
from passeur.foundation.markdown import to_text  # noqa: E402
from passeur.foundation.text import fold  # noqa: E402

Stem = Callable[[str], str]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--queries", type=int, default=300)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    random.seed(chosen.seed)
    drawn = _drawn(chosen.queries)
    print(
        json.dumps(
            {
                "words": words(),
                "index": index(),
                "time": timing([text for _, text in drawn]),
                "known": known(drawn),
            },
            indent=2,
            ensure_ascii=False,
        )
    )


def words() -> dict[str, dict[str, str]]:
    """Of each sample of pairs: met of those that should, apart of those that should be."""
    french, english = snowballstemmer.stemmer("french").stemWord, snowballstemmer.stemmer("english").stemWord
    ways: dict[str, tuple[Stem, Stem]] = {
        "snowball, then fold": (lambda w: fold(french(w)), lambda w: fold(english(w))),
        "fold, then snowball": (lambda w: french(fold(w)), lambda w: english(fold(w))),
        "ours": (lambda w: fold(stem(w, "fr")), lambda w: fold(stem(w, "en"))),
        "ours, typed without accents": (lambda w: fold(stem(fold(w), "fr")), lambda w: stem(w, "en")),
    }
    samples = {
        "cases": (pairs.CASES_MEET, pairs.CASES_APART, 0),
        "corpora": (pairs.CORPUS_MEET, pairs.CORPUS_APART, 0),
        "english": (pairs.ENGLISH_MEET, pairs.ENGLISH_APART, 1),
    }
    return {
        way: {
            name: f"meet {sum(s[n](a) == s[n](b) for a, b in meet)}/{len(meet)}, "
            f"apart {sum(s[n](a) != s[n](b) for a, b in apart)}/{len(apart)}"
            for name, (meet, apart, n) in samples.items()
        }
        for way, s in ways.items()
    }


def index() -> dict[str, float]:
    start, ours = time.perf_counter(), time.process_time()
    written = indexing.index()
    seconds, ours = time.perf_counter() - start, time.process_time() - ours
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze conversations_searchdocument")
        cursor.execute(f"select pg_relation_size('search_weeks'), sum(pg_column_size(words)) from {_TABLE}")
        size, vectors = cursor.fetchone()
    messages = Contribution.objects.count()
    return {
        "conversations": written,
        "messages": messages,
        "seconds": round(seconds, 1),
        "of which ours on the processor": round(ours, 1),
        "messages a second": round(messages / seconds),
        "MB of the index": round(size / 2**20, 1),
        "MB of the vectors": round(int(vectors) / 2**20, 1),
    }


def timing(texts: list[str]) -> dict[str, float]:
    """Milliseconds of a page of results, the dictionaries being in memory."""
    reader = Member.objects.filter(memberships__left_at=None, email__isnull=False).first()
    assert reader is not None, "Nobody with an account belongs to a community of this database."
    search(reader, texts[0])
    spent = []
    for text in texts:
        for shorter in (text, text.split()[0]):
            start = time.perf_counter()
            search(reader, shorter)
            spent.append(1000 * (time.perf_counter() - start))
    spent.sort()
    return {f"p{share}": round(spent[int(len(spent) * share / 100)], 1) for share in (50, 95, 99)} | {
        "load of the machine": round(os.getloadavg()[0], 1)
    }


def known(drawn: list[tuple[int, str]]) -> dict[str, dict[str, float]]:
    """How often, and how high, the conversation that two words were drawn from is found."""
    with connection.cursor() as cursor:
        cursor.execute(_STOCK)
        cursor.execute("create index on stock using gin (words); analyze stock")
    return {"ours": _found(drawn, _ours), "to_tsvector": _found(drawn, _stock)}


def _found(drawn: list[tuple[int, str]], way: Callable[[str], list[int]]) -> dict[str, float]:
    ranks = [way(text)[:10] for _, text in drawn]
    places = [ids.index(pk) + 1 for (pk, _), ids in zip(drawn, ranks, strict=True) if pk in ids]
    return {
        "n": len(drawn),
        "hit@10": round(len(places) / len(drawn), 3),
        "mrr@10": round(sum(1 / place for place in places) / len(drawn), 3),
    }


def _ours(text: str) -> list[int]:
    query = parse(text)
    return ranked(among(Conversation.objects.all(), query), query, most=10).ids


_TABLE = SearchDocument._meta.db_table
_STOCK = """
create temporary table stock as
select c.id, setweight(to_tsvector('french', c.title) || to_tsvector('english', c.title), 'A') ||
    coalesce(t.words, '') as words
from conversations_conversation c left join (
    select conversation_id, to_tsvector('french', left(string_agg(text, ' '), 200000)) ||
        to_tsvector('english', left(string_agg(text, ' '), 200000)) as words
    from (
        select conversation_id, regexp_replace(html, '<[^>]*>', ' ', 'g') as text
        from conversations_contribution where deleted_at is null
    ) as plain group by conversation_id
) t on t.conversation_id = c.id
"""


def _stock(text: str) -> list[int]:
    both = "(plainto_tsquery('french', %(text)s) || plainto_tsquery('english', %(text)s))"
    with connection.cursor() as cursor:
        cursor.execute(
            f"select id from stock where words @@ {both}"
            f" order by ts_rank(words, {both}, 1) desc, id desc limit 10",
            {"text": text},
        )
        return [pk for (pk,) in cursor.fetchall()]


def _drawn(count: int) -> list[tuple[int, str]]:
    """Two words of four letters and more, of messages drawn at random, with their conversation."""
    rows: Any = (
        Contribution.objects.filter(deleted_at=None).order_by("pk").values_list("conversation_id", "html")
    )
    drawn: list[tuple[int, str]] = []
    for pk, html in random.sample(list(rows), k=min(len(rows), count * 4)):
        telling = sorted(
            {
                word
                for word in lexemes.tokens(lexemes.readable(to_text(html)))
                if len(word) >= 4 and word.isalpha() and not lexemes.is_common(word)
            }
        )
        if len(telling) >= 5 and len(drawn) < count:
            drawn.append((pk, " ".join(random.sample(telling, 2))))
    return drawn


if __name__ == "__main__":
    main()
