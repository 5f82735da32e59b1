"""Which of the conversations that hold the words come first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import takewhile

from passeur.foundation import reading
from passeur.foundation.prepared import Question

from . import candidates, lexemes
from .candidates import Candidates, Lately
from .parsing import Query
from .tsqueries import Forms, weighing

REACHABLE = 1_000
"""How many results can be paged through."""
LOOKED_AT = 10_000
"""Of how many the title is looked at, those that lived last."""
WEIGHED, WEIGHED_LATELY = 1_000, 700
"""How many of these are weighed, which costs most: those with the most of the words in their title first.

Of the latest, where usual words are looked for, fewer: with titles of any age they give the same first ten.
"""

# A word as written weighs most, then the same without accents, then what stands for the same.
_KINDS: tuple[tuple[Forms, float], ...] = (
    (lexemes.exact_forms, 1.0),
    (lexemes.folded_forms, 0.6),
    (lexemes.stem_forms, 0.3),
)
_LABELS = "{0.2, 0.35, 0.55, 1.0}"  # of D, C, B, A: comments, answers, opening and themes, title
_LENGTH = 1  # divide by 1 + the logarithm of the document's length


@dataclass(frozen=True, slots=True)
class Ranking:
    """The keys of the best results, best first, and how many there are.

    Where the words are so usual that not all conversations were looked at, `where` says which: then there are
    more than `total`.
    """

    ids: list[int]
    total: int
    where: Lately | None = None


def ranked(found: Candidates, query: Query, *, most: int) -> Ranking:
    """The best first, so many; of two alike, the one that lived last. Two queries."""
    where = candidates.where(reading.ask(probe=found.probe()), "probe", query)
    return ranked_within(where, found, query, most)


def ranked_within(where: Lately | None, found: Candidates, query: Query, most: int) -> Ranking:
    """The same of what is there, or of all. One query; two where it is far less than was expected."""
    most_weighed = WEIGHED if where is None else WEIGHED_LATELY
    asked = weighed(found.asked(where), query, most, most_weighed)
    said = json.loads(reading.ask(best=asked).text("best"))
    total = said[0]["total"] if said else 0
    if where is not None and total < candidates.ENOUGH // 2:
        return ranked_within(None, found, query, most)
    return Ranking([one["pk"] for one in said], total, where)


# Scores are put beside moments by grouping: a join would be planned by how few rows the planner expects, and
# where it expects one, it reads all thousand documents again for each of them.
# The sum over the kinds of forms of weight × mean over the words of `ts_rank`, which of an alternative
# divides by the number of its operands, hence the product.
_BEST = """
with found (pk, active, title) as materialized ({found}),
latest as (
    select pk, active, title from found order by active desc, pk desc limit %s
),
read as (
    select pk, active, lower(title) as title from latest offset 0
),
weighed as materialized (
    select pk, active from read order by ({titled}) desc, active desc, pk desc limit %s
),
scored as (
    select pk, max(active) as active, max(score) as score from (
        select pk, active, null::float as score from weighed
        union all
        select d.conversation_id, null, {score} from conversations_searchdocument d
        where d.conversation_id = any(array(select pk from weighed))
    ) halves group by pk
)
select pk, (select count(*) from found) as total
from scored order by score desc, active desc, pk desc limit %s
"""
_TITLED = "(title like any(%s::text[]))::int"
_ANY_ACCENT = str.maketrans("aceiouy", "_______")
_TELLING = 4
_SURE = 2
_RANK = "ts_rank(%s::real[], d.words, %s::tsquery, %s) * %s::float"


def weighed(found: Question, query: Query, most: int, most_weighed: int = WEIGHED) -> Question:
    """The best of what `found` asks for, so many, each with how many there are in all."""
    ranks: list[object] = []
    texts = [(weighing(query, forms), weight) for forms, weight in _KINDS]
    for text, weight in texts:
        operands = text.count(" | ") + 1
        ranks += [_LABELS, text, _LENGTH, weight * operands / len(query.words)]
    titled = [_in_title(word) for word in query.words]
    sql = _BEST.format(
        found=found.sql,
        titled=" + ".join([_TITLED] * len(titled)),
        score=" + ".join([_RANK] * len(texts)),
    )
    given = (*found.given, LOOKED_AT, *titled, most_weighed, *ranks, most)
    return Question(sql, given, ("pk", "total"))


def _in_title(word: str) -> list[str]:
    """Patterns of a title that has the word, whatever its accents: that is cheaper than to take them all off.

    A letter that may have one stands for any, unless too few others were left (*eau*, *idée*).
    """
    beginning = _beginning(word)
    loose = beginning.translate(_ANY_ACCENT)
    if len(loose.replace("_", "")) >= _SURE:
        return [f"%{loose}%"]
    return [f"%{beginning}%", f"%{word}%"]


def _beginning(word: str) -> str:
    """What the forms of a word have in common, without accents: enough to see it in a title."""
    plain = lexemes.folded(word)
    forms = [lexemes.folded(form.partition("/")[2]) for form in lexemes.stem_forms(word)]
    letters = takewhile(lambda same: len(set(same)) == 1, zip(plain, *forms, strict=False))
    common = "".join(one for one, *_others in letters)
    return common if len(common) >= _TELLING else plain
