"""Documents for tests, and rows of the index."""

from __future__ import annotations

from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, Sequence
from factory.django import DjangoModelFactory

from ..models import CloseList, LexicalCorpus, LexicalDocument, LexicalTerm
from ..protocols import Document

KIND = "question"


def document(object_id: int, title: str, text: str = "", *, scope: int = 1, **more) -> Document:
    """A question of community 1, unless said otherwise."""
    return Document(KIND, object_id, scope, title, text, **more)


class LexicalDocumentFactory(DjangoModelFactory[LexicalDocument]):
    """A row of the index as `adapters.postings` would write it."""

    class Meta:
        model = LexicalDocument

    kind = KIND
    object_id = Sequence(lambda n: n + 1)
    scope = 1
    terms = LazyAttribute(lambda o: [o.object_id])
    weights = [30]
    titles = 1
    length = 30


class LexicalTermFactory(DjangoModelFactory[LexicalTerm]):
    """A term that stands in one document."""

    class Meta:
        model = LexicalTerm

    term = Sequence(lambda n: n + 1)
    documents = 1


class LexicalCorpusFactory(DjangoModelFactory[LexicalCorpus]):
    """A scope with one document."""

    class Meta:
        model = LexicalCorpus

    kind = KIND
    scope = Sequence(lambda n: n + 1)
    documents = 1
    length = 30


class CloseListFactory(DjangoModelFactory[CloseList]):
    """A document that nothing is close to."""

    class Meta:
        model = CloseList

    kind = KIND
    object_id = Sequence(lambda n: n + 1)
    scope = 1
    adapter = "lexical"
    close = LazyFunction(list)
    least = 0.0
    made_at = LazyFunction(timezone.now)
