"""The gestures behind the moves: each does one thing through the room it belongs to, and can take it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from passeur.conversations import errors as conversation_errors
from passeur.conversations import services as conversations
from passeur.conversations.choices import LinkKind, Part
from passeur.conversations.queries import lists
from passeur.expertise import services as expertise
from passeur.introductions import services as introductions
from passeur.outreach import services as outreach
from passeur.outreach.choices import Purpose

from .. import errors
from ..cues import Cue, Move

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.conversations.models import Conversation


@dataclass(frozen=True, slots=True)
class Given:
    """What the manager gave to a move: words, a person, another thing."""

    text: str = ""
    person: Member | None = None
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What undoing it needs, and to whom it went."""

    trace: dict[str, Any] = field(default_factory=dict)
    person: Member | None = None


_PLAIN = str.maketrans({character: f"\\{character}" for character in "[]*_`<\\"})
"""A title inside a Markdown link stays the words it is."""

Gesture = Callable[[Cue, Move, Given, "Member"], Done]


def answer(cue: Cue, move: Move, given: Given, by: Member) -> Done:
    """Write in the conversation."""
    written = conversations.contribute(conversation=_conversation(cue, by), body=given.text, by=by)
    return Done({"contribution": written.pk})


def refer(cue: Cue, move: Move, given: Given, by: Member) -> Done:
    """Take the question to somebody who can answer it."""
    person = move.person or given.person
    if person is None:
        raise errors.NoSuchMove
    referral = expertise.refer(conversation=_conversation(cue, by), to=person, by=by)
    return Done({"referral": referral.pk}, person)


def point(cue: Cue, move: Move, given: Given, by: Member) -> Done:
    """Point to a close question, in the thread, and link the two."""
    conversation = _conversation(cue, by)
    target = lists.visible(by).filter(pk=given.target or 0, community=cue.community).first()
    if target is None or target.pk == conversation.pk:
        raise errors.NoSuchMove
    opening = conversation.contributions.get(part=Part.OPENING)
    written = conversations.comment(on=opening, body=_pointing_to(target, cue), by=by)
    trace = {"contribution": written.pk}
    try:
        conversations.link(source=conversation, target=target, kind=LinkKind.RELATED, by=by)
        trace["linked_to"] = target.pk
    except conversation_errors.AlreadyLinked:
        pass  # somebody said so before: that stays, whatever becomes of the comment
    return Done(trace)


def _pointing_to(target: Conversation, cue: Cue) -> str:
    """What the thread says, in the language of the community."""
    with translation.override(cue.community.language):
        return _("Cet échange peut vous aider : [%(title)s](%(url)s). Dites-nous si ce n’est pas le cas.") % {
            "title": target.title.translate(_PLAIN),
            "url": reverse("conversations:detail", args=[target.pk]),
        }


def _note(purpose: Purpose) -> Gesture:
    def write(cue: Cue, move: Move, given: Given, by: Member) -> Done:
        person = move.person or given.person
        if person is None:
            raise errors.NoSuchMove
        note = outreach.write(
            community=cue.community,
            to=person,
            by=by,
            purpose=purpose,
            text=given.text,
            conversation=_conversation(cue, by) if cue.conversation is not None else None,
            towards=move.towards,
        )
        return Done({"note": note.pk}, person)

    return write


def spotlight(cue: Cue, move: Move, given: Given, by: Member) -> Done:
    """Show a contribution on the first page."""
    contribution = lists.contribution(by, move.target or 0)
    if contribution is None:
        raise errors.CueGone
    conversations.spotlight(contribution=contribution, reason=given.text, by=by)
    return Done({"spotlight": contribution.pk})


def introduce(cue: Cue, move: Move, given: Given, by: Member) -> Done:
    """Propose two people to each other."""
    if move.person is None or move.towards is None:
        raise errors.NoSuchMove
    proposed = introductions.propose(
        community=cue.community, first=move.towards, second=move.person, by=by, reason=given.text
    )
    return Done({"introduction": proposed.pk}, move.person)


GESTURES: dict[str, Gesture] = {
    "answer": answer,
    "refer": refer,
    "point": point,
    "write_to": _note(Purpose.WELCOME),
    "ask_to_help": _note(Purpose.WELCOME),
    "ask_to_reach": _note(Purpose.REACH_OUT),
    "ask_author": _note(Purpose.DID_IT_HELP),
    "ask_content": _note(Purpose.CONTENT),
    "ask_to_check": _note(Purpose.CHECK),
    "spotlight": spotlight,
    "introduce": introduce,
}


def take_back(trace: dict[str, Any], by: Member) -> None:
    """Undo what a gesture did; what can no longer be undone refuses with its own reason."""
    if pk := trace.get("contribution"):
        _remove(pk, trace.get("linked_to"), by)
    if pk := trace.get("referral"):
        expertise.withdraw_by_id(pk, by=by)
    if pk := trace.get("note"):
        outreach.withdraw_by_id(pk, by=by)
    if pk := trace.get("introduction"):
        introductions.withdraw_by_id(pk, by=by)
    if (pk := trace.get("spotlight")) and (shown := lists.contribution(by, pk)):
        conversations.end_spotlight(contribution=shown, by=by)


def _remove(pk: int, linked_to: int | None, by: Member) -> None:
    contribution = lists.contribution(by, pk)
    if contribution is None:
        return
    conversations.delete(contribution=contribution, by=by)
    if target := lists.visible(by).filter(pk=linked_to or 0).first():
        source = contribution.conversation
        conversations.unlink(source=source, target=target, kind=LinkKind.RELATED, by=by)


def _conversation(cue: Cue, by: Member) -> Conversation:
    found = (
        lists.visible(by)
        .filter(pk=cue.conversation.pk if cue.conversation else 0)
        .select_related("community")
        .first()
    )
    if found is None:
        raise errors.CueGone
    return found
