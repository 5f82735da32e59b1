"""Writing the searchable form of conversations, many at a time. Doing it again changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple, cast

from django.db import transaction
from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

from passeur.algorithms.words import Language
from passeur.foundation import events as bus
from passeur.foundation.markdown import to_text

from .. import events
from ..choices import Part
from ..models import Contribution, Conversation, ConversationTheme, SearchDocument
from ..models.search import week_of
from ..models.titles import TakenOut
from ..queries.search import lexemes
from ..queries.search.vectors import Vector

BATCH = 250
_LABELS = {Part.OPENING: "B", Part.ANSWER: "C", Part.REPLY: "D", Part.COMMENT: "D"}
# What weighs most comes first: in a very long conversation the last words share one place.
_ORDER = Case(
    *(When(part=part, then=Value(n)) for n, part in enumerate(_LABELS)), output_field=IntegerField()
)


class _Text(NamedTuple):
    """A contribution as the index sees it."""

    key: int
    label: str
    text: str


def index(conversation_ids: Iterable[int] | None = None) -> int:
    """Write the documents of these conversations, or of all; says how many were written.

    Conversations that are gone are passed over. Each batch is a transaction that holds its conversations,
    so that of two jobs for one conversation the later writes what is true.
    """
    if conversation_ids is None:
        wanted = list(Conversation.objects.order_by("pk").values_list("pk", flat=True))
    else:
        wanted = sorted(set(conversation_ids))
    return sum(_index_batch(wanted[start : start + BATCH]) for start in range(0, len(wanted), BATCH))


def index_theme(theme_id: int) -> int:
    """Write again the documents of all conversations on a theme: its name or its synonyms changed."""
    links = ConversationTheme.objects.filter(theme=theme_id)
    return index(links.values_list("conversation_id", flat=True))


@transaction.atomic
def _index_batch(ids: list[int]) -> int:
    rows = list(
        Conversation.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=ids)
        .order_by("pk")
        .values_list("pk", "title", "community__language", "last_activity_at")
    )
    texts, themes = _texts(ids), _themes(ids)
    now = timezone.now()
    documents = []
    for pk, title, language, active in rows:
        vector = Vector()
        words = "" if isinstance(title, TakenOut) else title
        _write(vector, words, cast("Language", language), themes[pk], texts[pk])
        documents.append(
            SearchDocument(
                conversation_id=pk,
                words=str(vector),
                contributions=vector.keys,
                starts=vector.starts,
                week=week_of(active),
                indexed_at=now,
            )
        )
    SearchDocument.objects.bulk_create(
        documents,
        update_conflicts=True,
        unique_fields=["conversation"],
        update_fields=["words", "contributions", "starts", "week", "indexed_at"],
    )
    if ids:
        bus.publish(events.ConversationsIndexed(conversations=ids))
    return len(documents)


def _write(
    vector: Vector, title: str, usual: Language, themes: list[tuple[str, str]], texts: list[_Text]
) -> None:
    """Fill the vector: title, opening, answers, themes, comments. A text is in the language of its own words.

    The title goes with the opening, being too short to tell; the language of the community decides ties.
    """
    head = lexemes.tokens(lexemes.readable(title))
    cut = [lexemes.tokens(lexemes.readable(text.text)) for text in texts]
    beginning = head + (cut[0] if texts and texts[0].label == "B" else [])
    vector.add(head, label="A", language=lexemes.language_of(beginning, usual), key=0)
    for label, names in themes:
        vector.add(lexemes.tokens(lexemes.readable(names)), label=label, language=usual, key=0)
    for text, words in zip(texts, cut, strict=True):
        vector.add(words, label=text.label, language=lexemes.language_of(words, usual), key=text.key)


def _texts(ids: list[int]) -> defaultdict[int, list[_Text]]:
    """What stands in each conversation: opening, then answers, then the rest, each in the order of time."""
    rows = (
        Contribution.objects.filter(conversation__in=ids, deleted_at=None)
        .order_by("conversation_id", _ORDER, "created_at", "pk")
        .values_list("conversation_id", "pk", "part", "html")
    )
    found: defaultdict[int, list[_Text]] = defaultdict(list)
    for conversation, key, part, html in rows.iterator(chunk_size=2000):
        found[conversation].append(_Text(key, _LABELS[Part(part)], to_text(html)))
    return found


def _themes(ids: list[int]) -> defaultdict[int, list[tuple[str, str]]]:
    """Names of themes with label B, their synonyms with label D."""
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for conversation, label, name in _theme_rows(ids):
        found[conversation].append((label, name))
    return found


def _theme_rows(ids: list[int]) -> Iterator[tuple[int, str, str]]:
    links = ConversationTheme.objects.filter(conversation__in=ids).order_by("conversation_id", "position")
    for conversation, name in links.values_list("conversation_id", "theme__name"):
        yield conversation, "B", name
    synonyms = links.exclude(theme__synonyms=None).values_list("conversation_id", "theme__synonyms__name")
    for conversation, name in synonyms:
        yield conversation, "D", name
