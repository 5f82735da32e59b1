"""A query in the words of PostgreSQL: one to find documents, three to weigh them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from django.contrib.postgres.search import SearchQuery

from . import lexemes
from .parsing import Query, Term

Forms = Callable[[str], list[str]]


class Lexemes(SearchQuery):
    """A `tsquery` made of our own lexemes: cast as it stands, no configuration parses it again.

    As a subquery, so that the planner does not see how usual the words are: it would rather read every
    document of the table than use the index, and it does not count what unpacking them costs (0044).
    """

    template = "(SELECT (%(expressions)s)::tsquery)"


def finding(query: Query) -> str:
    """Matches the documents in which each term stands in one of its forms, and no excluded one."""
    wanted = [_term(term) for term in query.terms]
    return " & ".join(wanted + [f"!({_term(term)})" for term in query.excluded])


def weighing(query: Query, forms: Forms) -> str:
    """Any of these forms of the words: what `ts_rank` counts. Empty when there are none."""
    written = [form for term in query.terms for form in _flat(term, forms)]
    return _any(dict.fromkeys(written))


def _flat(term: Term, forms: Forms) -> Iterable[str]:
    for word in term.words + ((term.joined,) if term.joined else ()):
        for form in forms(word):
            yield _quoted(form, beginning=term.beginning)


def _term(term: Term) -> str:
    """A word in all its forms; a phrase in its order, in the very words when it was quoted."""
    if term.beginning:
        return _group(_quoted(form, beginning=True) for form in lexemes.folded_forms(term.words[0]))
    all_forms = forms_alone if len(term.words) == 1 else _all_forms
    forms = lexemes.folded_forms if term.quoted else all_forms
    found = _sequence([_group(map(_quoted, forms(word))) for word in term.words], term.gaps)
    if term.joined:
        found = f"({found} | {_group(map(_quoted, _all_forms(term.joined)))})"
    return found


def _all_forms(word: str) -> list[str]:
    return lexemes.folded_forms(word) + lexemes.stem_forms(word)


def forms_alone(word: str) -> list[str]:
    """The same of a word without neighbours, without what others of them find already.

    Wherever a word stands as it was asked for, what it stands for stands too: the list of the one need not be
    gone through beside that of the other.
    """
    plain, without_accents = lexemes.folded_forms(word)
    stems = lexemes.stem_forms(word)
    return [without_accents, *stems] if stems and plain == word else [plain, without_accents, *stems]


def _sequence(groups: Sequence[str], gaps: Sequence[int]) -> str:
    text = groups[0]
    for gap, group in zip(gaps, islice(groups, 1, None), strict=True):
        text = f"{text} <{gap}> {group}"
    return f"({text})" if gaps else text


def _group(forms: Iterable[str]) -> str:
    return f"({_any(dict.fromkeys(forms))})"


def _any(forms: Iterable[str]) -> str:
    return " | ".join(forms)


def _quoted(form: str, *, beginning: bool = False) -> str:
    escaped = form.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'{':*' if beginning else ''}"
