"""What people did in conversations, as facts for the record store: all that is true of some of them now.

A machine does nothing here, a text that was taken out was not written, and how far somebody read is theirs
alone. Whoever writes in a conversation follows it: only a follow that came before is a deed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.db.models.functions import Length

from passeur.records import protocols as xapi
from passeur.records.protocols import Fact, Thing, Verb

from ..choices import Kind, Part
from ..models import (
    Contribution,
    Conversation,
    ConversationTheme,
    Follow,
    Reaction,
    Revision,
    Spotlight,
    Verification,
)

OPENINGS = {
    Kind.QUESTION: (xapi.ASKED, xapi.QUESTION),
    Kind.DISCUSSION: (xapi.OPENED, xapi.DISCUSSION),
    Kind.EXPERIENCE: (xapi.SHARED, xapi.EXPERIENCE),
    Kind.ANNOUNCEMENT: (xapi.ANNOUNCED, xapi.ANNOUNCEMENT),
}
PARTS = {
    Part.ANSWER: (xapi.ANSWERED, xapi.REPLY),
    Part.REPLY: (xapi.REPLIED, xapi.REPLY),
    Part.COMMENT: (xapi.COMMENTED, xapi.COMMENT),
}
VERBS = (
    *(verb for verb, _ in (*OPENINGS.values(), *PARTS.values())),
    xapi.EDITED, xapi.ACCEPTED, xapi.REACTED, xapi.FOLLOWED, xapi.SPOTLIGHTED, xapi.VERIFIED,
    xapi.REFUTED, xapi.CLOSED,
)  # fmt: skip
LATER = dt.datetime.max.replace(tzinfo=dt.UTC)


class _Text(NamedTuple):
    """A contribution, as far as facts go: rows, not objects, since a past has millions."""

    pk: int
    conversation_id: int
    author_id: int
    part: str
    created_at: dt.datetime
    deleted_at: dt.datetime | None
    edited_at: dt.datetime | None
    edited_by_id: int | None
    parent_author: int | None
    length: int
    is_by_machine: bool


class _Reaction(NamedTuple):
    contribution_id: int
    member_id: int
    meaning: str
    created_at: dt.datetime


class _Follow(NamedTuple):
    conversation_id: int
    member_id: int
    created_at: dt.datetime


class _Revision(NamedTuple):
    contribution_id: int
    version: int
    author_id: int | None
    created_at: dt.datetime


@dataclass(slots=True)
class _Told:
    """One conversation with what its facts are made from; `texts` by key."""

    conversation: Conversation
    themes: list[int] = field(default_factory=list)
    texts: dict[int, _Text] = field(default_factory=dict)
    wrote: dict[int, dt.datetime] = field(default_factory=dict)
    revisions: dict[int, list[_Revision]] = field(default_factory=lambda: defaultdict(list))
    reactions: list[_Reaction] = field(default_factory=list)
    spotlights: list[Spotlight] = field(default_factory=list)
    verifications: list[Verification] = field(default_factory=list)
    follows: list[_Follow] = field(default_factory=list)

    def facts(self) -> Iterator[Fact]:
        """In no order."""
        for text in self.texts.values():
            if not text.is_by_machine:
                yield self._written(text)
            yield from self._edits(text)
        for reaction in self.reactions:
            what = f"reacted {reaction.contribution_id} {reaction.member_id} {reaction.meaning}"
            yield self._on(
                reaction.contribution_id, what, reaction.member_id, xapi.REACTED, reaction.created_at,
                meaning=reaction.meaning,
            )  # fmt: skip
        for one in self.spotlights:
            what = f"spotlighted {one.contribution_id} {one.created_at.isoformat()}"
            yield self._on(one.contribution_id, what, one.by_id, xapi.SPOTLIGHTED, one.created_at)
        for said in self.verifications:
            verb = xapi.VERIFIED if said.holds else xapi.REFUTED
            what = f"verified {said.pk}"
            yield self._on(said.contribution_id, what, said.member_id, verb, said.created_at)
        yield from self._endings()
        yield from self._followers()

    def _written(self, text: _Text) -> Fact:
        verb = _opening(self.conversation)[0] if text.part == Part.OPENING else PARTS[Part(text.part)][0]
        concerned = () if text.part == Part.OPENING else (self._replied_to(text),)
        told: dict[str, Any] = {"length": text.length}
        if self.conversation.channel is not None:
            told["channel"] = self.conversation.channel.kind
        return self._fact(
            f"wrote {text.pk}", text.author_id, verb, self._thing(text), text.created_at, concerned, told
        )

    def _edits(self, text: _Text) -> Iterator[Fact]:
        """A version that is kept was replaced by the next one, or by the present one."""
        kept = self.revisions.get(text.pk, [])
        for number, before in enumerate(kept):
            after = kept[number + 1] if number + 1 < len(kept) else None
            editor = after.author_id if after else text.edited_by_id or text.author_id
            at = after.created_at if after else text.edited_at
            if editor is not None and at is not None:
                yield self._on(text.pk, f"edited {text.pk} {before.version + 1}", editor, xapi.EDITED, at)

    def _endings(self) -> Iterator[Fact]:
        one = self.conversation
        if one.accepted_answer_id in self.texts and one.accepted_at is not None:
            what = f"accepted {one.accepted_answer_id}"
            member = one.accepted_by_id or one.author_id
            yield self._on(one.accepted_answer_id, what, member, xapi.ACCEPTED, one.accepted_at)
        if one.closed_at is not None and one.closed_by_id is not None:
            told = {"reason": one.closed_reason} if one.closed_reason else {}
            what = f"closed {one.pk} {one.closed_at.isoformat()}"
            yield self._fact(what, one.closed_by_id, xapi.CLOSED, thing(one), one.closed_at, (), told)

    def _followers(self) -> Iterator[Fact]:
        for follow in self.follows:
            if self.wrote.get(follow.member_id, LATER) <= follow.created_at:
                continue
            what = f"followed {follow.conversation_id} {follow.member_id}"
            about = thing(self.conversation)
            yield self._fact(what, follow.member_id, xapi.FOLLOWED, about, follow.created_at)

    def _on(self, text: int, what: str, member: int | None, verb: Verb, at: dt.datetime, **told: Any) -> Fact:
        """Something done to a text, which concerns its author."""
        row = self.texts[text]
        return self._fact(what, member, verb, self._thing(row), at, (row.author_id,), told)

    def _fact(
        self,
        what: str,
        member: int | None,
        verb: Verb,
        about: Thing,
        at: dt.datetime,
        concerned: Sequence[int] = (),
        told: dict[str, Any] | None = None,
    ) -> Fact:
        whole = thing(self.conversation)
        return Fact(
            of=self.conversation.pk,
            what=what,
            member=member,
            verb=verb,
            thing=about,
            at=at,
            community=self.conversation.community_id,
            parent=whole if about != whole else None,
            themes=self.themes,
            concerned=concerned,
            told=told or {},
        )

    def _thing(self, text: _Text) -> Thing:
        if text.part == Part.OPENING:
            return thing(self.conversation)
        return Thing(PARTS[Part(text.part)][1], text.pk)

    def _replied_to(self, text: _Text) -> int:
        return self.conversation.author_id if text.parent_author is None else text.parent_author


def _opening(conversation: Conversation) -> tuple[Verb, xapi.Kind]:
    return OPENINGS[Kind(conversation.kind)]


def thing(conversation: Conversation) -> Thing:
    """A conversation as an activity."""
    return Thing(_opening(conversation)[1], conversation.pk)


def anchor(number: int) -> Thing:
    """What all facts of a conversation name; its kind changes nothing of that."""
    return Thing(xapi.QUESTION, number)


def every() -> QuerySet[Conversation]:
    """All that have facts."""
    return Conversation.objects.all()


def of_contribution(number: int) -> list[int]:
    """The conversation that it stands in, unless it is gone."""
    return list(Contribution.objects.filter(pk=number).values_list("conversation_id", flat=True))


def facts(numbers: Sequence[int]) -> Iterator[Fact]:
    """The facts of some conversations, in as many queries for many as for one."""
    found = Conversation.objects.select_related("channel").filter(pk__in=numbers)
    told = {one.pk: _Told(one) for one in found}
    links = ConversationTheme.objects.filter(conversation__in=told).order_by("position")
    for conversation, theme in links.values_list("conversation_id", "theme_id"):
        told[conversation].themes.append(theme)
    for text in _texts(told):
        one = told[text.conversation_id]
        one.wrote.setdefault(text.author_id, text.created_at)
        if text.deleted_at is None:
            one.texts[text.pk] = text
    _look_around(told)
    for one in told.values():
        yield from one.facts()


def _texts(conversations: Iterable[int]) -> Iterable[_Text]:
    rows = Contribution.objects.filter(conversation__in=list(conversations)).order_by("created_at", "pk")
    return map(
        _Text._make,
        rows.values_list(
            "pk", "conversation_id", "author_id", "part", "created_at", "deleted_at", "edited_at",
            "edited_by_id", "parent__author_id", Length("body"), "author__is_machine",
        ),
    )  # fmt: skip


def _look_around(told: dict[int, _Told]) -> None:
    """What was done to those texts, and who follows."""
    home = {key: one for one in told.values() for key in one.texts}
    reactions = Reaction.objects.filter(contribution__conversation__in=told, member__is_machine=False)
    for reaction in map(_Reaction._make, reactions.values_list(*_Reaction._fields)):
        if one := home.get(reaction.contribution_id):
            one.reactions.append(reaction)
    kept = Revision.objects.filter(contribution__conversation__in=told).order_by("version")
    for revision in map(_Revision._make, kept.values_list(*_Revision._fields)):
        if one := home.get(revision.contribution_id):
            one.revisions[revision.contribution_id].append(revision)
    for spotlight in Spotlight.objects.filter(contribution__conversation__in=told).exclude(by=None):
        if one := home.get(spotlight.contribution_id):
            one.spotlights.append(spotlight)
    for said in Verification.objects.filter(contribution__conversation__in=told, member__is_machine=False):
        if one := home.get(said.contribution_id):
            one.verifications.append(said)
    follows = Follow.objects.filter(conversation__in=told, member__is_machine=False)
    for follow in map(_Follow._make, follows.values_list(*_Follow._fields)):
        told[follow.conversation_id].follows.append(follow)
