"""Telling the room of measures what lasts of exchanges: dates, numbers and counts, no word of anybody."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, cast

from django.db.models import Count, F

from passeur.algorithms.measures.readability import readability
from passeur.algorithms.words import Language
from passeur.engagement.services import Remains, Text, follow_lasting
from passeur.foundation.markdown import to_text

from ..choices import LASTING, Kind, Part
from ..models import Contribution, Conversation, ConversationTheme, Reaction, Verification
from ..queries.search.extracts import language_of
from ..queries.worked import HELPFUL
from .untold import Untold, in_batches


class _Said(NamedTuple):
    """What a member said of a text, and when."""

    at: dt.datetime
    holds: bool
    member: int


_LANGUAGES: tuple[Language, Language] = ("fr", "en")

UNTOLD = Untold(
    """
    (c.accepted_answer_id IS NOT NULL OR c.kind = %s)
    AND NOT EXISTS (SELECT FROM engagement_lasting l WHERE l.number = c.id AND l.judged IS NOT NULL)
    """,
    [Kind.EXPERIENCE.value],
)


def tell(conversation_ids: Iterable[int]) -> None:
    """These exchanges changed, or are gone. Telling them again changes nothing."""
    in_batches(conversation_ids, _tell)


def tell_untold() -> int:
    """Those that were there before anybody asked, or asked for as much as now; how many."""
    return UNTOLD.told(_tell)


def _tell(ids: Sequence[int]) -> None:
    found = list(Conversation.objects.filter(pk__in=ids, kind__in=LASTING).select_related("community"))
    texts = _texts(found)
    lasting = [one for one in found if one.pk in texts]
    said, met, thanks, themes = _said(texts), _met(lasting), _thanks(texts), _themes(lasting)
    follow_lasting(
        [
            _told(
                one,
                texts[one.pk],
                said[texts[one.pk].pk],
                met[one.pk],
                _voices(one, texts[one.pk], said[texts[one.pk].pk], thanks[one.pk]),
                themes[one.pk],
            )
            if one.pk in texts
            else Remains(one.pk, one.community_id)
            for one in found
            if one.pk in texts or one.kind == Kind.EXPERIENCE or one.accepted_answer_id is not None
        ],
        gone=set(ids),
    )


def _texts(found: Sequence[Conversation]) -> dict[int, Contribution]:
    """By conversation, what lasts of it."""
    answers = [one.accepted_answer_id for one in found if one.accepted_answer_id and one.asks]
    told = [one.pk for one in found if one.kind == Kind.EXPERIENCE]
    standing = Contribution.objects.filter(deleted_at=None).select_related("author")
    rows = standing.filter(pk__in=answers) | standing.filter(conversation__in=told, part=Part.OPENING)
    return {row.conversation_id: row for row in rows}


def _said(texts: dict[int, Contribution]) -> dict[int, list[_Said]]:
    said: dict[int, list[_Said]] = defaultdict(list)
    rows = Verification.objects.filter(contribution__in=[text.pk for text in texts.values()])
    for row in rows.order_by("created_at", "pk"):
        said[row.contribution_id].append(_Said(row.created_at, row.holds, row.member_id))
    return said


def _thanks(texts: dict[int, Contribution]) -> dict[int, int]:
    """By conversation, how often others said of what lasts of it that it helps, that they lived it too, or
    thanks. Of who was erased since as well: their words stay on the page.
    """
    rows = Reaction.objects.filter(
        contribution__in=[text.pk for text in texts.values()], meaning__in=HELPFUL, member__is_machine=False
    ).exclude(member=F("contribution__author"))
    counted = rows.values_list("contribution__conversation").annotate(n=Count("pk"))
    return defaultdict(int, counted)


def _voices(one: Conversation, text: Contribution, said: Sequence[_Said], thanks: int) -> tuple[int, int]:
    """How many say that it was useful, and how many say so or the contrary; all of it stands on its page.

    A voice for each word of thanks, one for its acceptance; against it, one for each who said last that it no
    longer holds. Voices, not people: of people, their number would say who said two things of it, or whether
    who accepted it, doubted it or was erased had reacted (decision 69).
    """
    last = {each.member: each.holds for each in said}
    against = {member for member, holds in last.items() if not holds} - {text.author_id}
    accepted = one.asks and (one.accepted_by_id or one.author_id) != text.author_id
    useful = thanks + int(accepted)
    return useful, useful + len(against)


def _met(found: Sequence[Conversation]) -> dict[int, list[tuple[int, dt.datetime]]]:
    """By conversation, (member, when) of all that people wrote there and all that they reacted to."""
    met: dict[int, list[tuple[int, dt.datetime]]] = defaultdict(list)
    keys = [one.pk for one in found]
    written = Contribution.objects.filter(
        conversation__in=keys, deleted_at=None, author__is_machine=False, author__erased_at=None
    ).values_list("conversation_id", "author_id", "created_at")
    reacted = Reaction.objects.filter(
        contribution__conversation__in=keys,
        contribution__deleted_at=None,
        member__is_machine=False,
        member__erased_at=None,
    ).values_list("contribution__conversation", "member_id", "created_at")
    for conversation, member, at in (*written, *reacted):
        met[conversation].append((member, at))
    return met


def _themes(found: Sequence[Conversation]) -> dict[int, list[int]]:
    themes: dict[int, list[int]] = defaultdict(list)
    links = ConversationTheme.objects.filter(conversation__in=found)
    for conversation, theme in links.values_list("conversation_id", "theme_id"):
        themes[conversation].append(theme)
    return themes


def _told(
    one: Conversation,
    text: Contribution,
    said: Sequence[_Said],
    met: Sequence[tuple[int, dt.datetime]],
    voices: tuple[int, int],
    themes: Sequence[int],
) -> Remains:
    since = (one.accepted_at if one.asks else None) or text.created_at
    author = text.author
    return Remains(
        number=one.pk,
        community=one.community_id,
        themes=themes,
        author=None if author.is_machine or author.erased_at is not None else author.pk,
        said=[(since, True), *((each.at, each.holds) for each in said if each.at >= since)],
        met=met,
        text=_read(text, cast("Language", one.community.language)),
        useful=voices[0],
        judged=voices[1],
    )


def _read(text: Contribution, usual: Language) -> Text | None:
    plain = to_text(text.html)
    language = language_of(plain, usual)
    found = readability(plain, language)
    if found is None:
        return None
    return Text(_LANGUAGES.index(language), found.words, found.sentences, found.syllables)
