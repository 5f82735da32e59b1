"""An entry as the page shows it: the conversation, the words that are news, why it is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from passeur.conversations.choices import Kind, Part, State
from passeur.conversations.queries import news
from passeur.conversations.queries import reactions as reactions_in

from ..choices import DIRECT, Nature
from ..sources import Found, Reason, Stop

if TYPE_CHECKING:
    from passeur.accounts.models import Member
    from passeur.conversations.models import Contribution, Conversation
    from passeur.conversations.queries.reactions import ReactionCount
    from passeur.skills.models import Theme

A_MINUTE = 1_200
"""Characters read in a minute: some 200 words of French."""


@dataclass(slots=True)
class Entry:
    """One conversation, once. `text` is the message that is news, or the opening.

    `reactions` are of the opening, where the entry invites to say what it did for the reader. `less` is the
    theme that « moins de ce thème » would be about, `stops` what « ne plus suivre » would end. `place` counts
    from the top of the page; `note` is what other rooms add to it (the slot `feed_notes`).
    """

    conversation: Conversation
    nature: Nature
    text: Contribution
    reasons: list[str]
    reactions: list[ReactionCount]
    request: int | None
    less: Theme | None
    stops: list[Stop]
    place: int = 0
    note: str = ""

    @property
    def written_at(self) -> dt.datetime:
        """When its words were written, which may be long before they were news to this reader."""
        return self.text.created_at

    @property
    def answers(self) -> bool:
        """Whether the words shown are of somebody who replied, to be quoted with their name."""
        return self.text.part != Part.OPENING

    @property
    def minutes(self) -> int:
        """What reading an experience takes."""
        return max(1, round(len(self.text.body) / A_MINUTE))

    @property
    def nobody_replied(self) -> bool:
        return self.conversation.state == State.WAITING

    @property
    def waits(self) -> bool:
        """Whether somebody waits, or waited for this: the amber words."""
        return self.nature in (Nature.ANSWERED, Nature.ASKED, Nature.HELP)


def told(
    member: Member,
    wanted: Mapping[int, tuple[Found, list[Reason]]],
    *,
    within: Collection[int] | None,
    without: Collection[int],
) -> dict[int, Entry]:
    """The entries that can be shown to `member` now, by conversation, in five queries.

    What was taken out, what they may no longer read and communities they left are not in it.
    """
    shown = {
        key: conversation
        for key, conversation in news.shown(member, wanted).items()
        if conversation.community_id not in without
        and (within is None or conversation.community_id in within)
    }
    messages = {found.contribution for found, _reasons in wanted.values() if found.contribution}
    passages = news.passages(member, list(shown), messages)
    openings = {p.conversation_id: p for p in passages.values() if p.part == Part.OPENING}
    stories = [openings[key] for key in shown if key in openings and shown[key].kind == Kind.EXPERIENCE]
    reactions = reactions_in.among(stories, member)
    entries = {}
    for key, conversation in shown.items():
        found, reasons = wanted[key]
        text = openings.get(key) if found.contribution is None else passages.get(found.contribution)
        if text is not None:
            entries[key] = _entry(conversation, found, reasons, text, reactions.get(text.pk, []))
    return entries


def _entry(
    conversation: Conversation,
    found: Found,
    reasons: list[Reason],
    text: Contribution,
    reactions: list[ReactionCount],
) -> Entry:
    themes = {theme.pk: cast("Theme", theme) for theme in conversation.themes.all()}
    named = next((reason.theme for reason in reasons if reason.theme in themes), None)
    theme = themes[named] if named is not None else next(iter(themes.values()), None)
    return Entry(
        conversation=conversation,
        nature=found.nature,
        text=text,
        reasons=[reason.words for reason in reasons],
        reactions=reactions,
        request=found.request,
        less=None if found.nature in DIRECT else theme,
        stops=list(dict.fromkeys(reason.stop for reason in reasons if reason.stop is not None)),
    )
