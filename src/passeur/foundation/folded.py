"""The folded form of a column, for alphabetical order and for finding names: *Émile* stands before *Zoé*."""

from django.db.models import CharField, Func


class Folded(Func):
    """`passeur_fold(column)`, the same as `foundation.text.fold`."""

    function = "passeur_fold"
    arity = 1
    output_field = CharField()
