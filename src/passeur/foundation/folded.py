"""The folded form of a column, for alphabetical order and for finding names: *Émile* stands before *Zoé*."""

import re

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import CharField, Func


class Folded(Func):
    """`passeur_fold(column)`, the same as `foundation.text.fold`."""

    function = "passeur_fold"
    arity = 1
    output_field = CharField()


class NameWords(Func):
    """The words of a name without case or accents, as a `tsvector`: an index on it finds their beginnings.

    What a parser would take for a host or a path (`ada.lovelace`) is several words here.
    """

    template = "to_tsvector('simple'::regconfig, translate(passeur_fold(%(expressions)s), './@_', '    '))"
    arity = 1
    output_field = SearchVectorField()


class NameBeginnings(SearchQuery):
    """What meets the `NameWords` that have each of these words, the last of them a beginning."""

    template = "(%(expressions)s)::tsquery"

    def __init__(self, folded: str) -> None:
        words = [word for word in re.split(r"[\W_]+", folded) if word]
        asked = [f"'{word}'" for word in words[:-1]] + [f"'{word}':*" for word in words[-1:]]
        super().__init__(" & ".join(asked))
