"""What the rules about questions share: who could answer next, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from passeur.expertise import queries as expertise

from . import moves
from .cue import Cue, Scope
from .moves import Move, Words

if TYPE_CHECKING:
    from passeur.conversations.models import Conversation
    from passeur.expertise.queries import Candidate


def of(cues: Sequence[Cue]) -> list[Conversation]:
    """The questions that these cues are about."""
    return [cue.conversation for cue in cues if cue.conversation is not None]


def best_for(scope: Scope, cues: Sequence[Cue]) -> dict[int, Candidate]:
    """By question, the first person of its list who can be asked now; read once for all on the page."""
    known: dict[int, Candidate | None] = scope.kept.setdefault(best_for, {})
    if any(question.pk not in known for question in of(cues)):
        others = [cue for cue in scope.told if cue.rule.suggests_people]
        some = {question.pk: question for question in of([*cues, *others])}
        known |= dict.fromkeys(some) | expertise.best_for(some.values())
    return {pk: best for pk, best in known.items() if best is not None}


def told(*sentences: SafeString | str) -> SafeString:
    """Sentences one after the other; empty ones are left out."""
    return format_html_join(" ", "{}", ((sentence,) for sentence in sentences if sentence))


def who_and_why(best: Candidate | None) -> SafeString:
    """The person and the reason that weighed most."""
    if best is None:
        return SafeString("")
    if does := best.after_the_name:
        return format_html(_("<b>{name}</b> {does}."), name=best.member.name, does=does)
    why = best.sentence[:1].lower() + best.sentence[1:]
    return format_html(_("<b>{name}</b> : {why}"), name=best.member.name, why=why)


def ways_to_help(scope: Scope, question: Conversation, best: Candidate | None, label: Words) -> list[Move]:
    """Take it to somebody and answer, the better one first. Nobody answers their own question."""
    answering = [] if question.author_id == scope.manager.pk else [moves.answer()]
    taking = [moves.refer(best, label)]
    return taking + answering if best else answering + taking
