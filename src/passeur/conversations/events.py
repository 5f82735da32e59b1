"""Facts that conversations announce."""

from dataclasses import dataclass

from passeur.foundation.events import Event


@dataclass(frozen=True, slots=True)
class ConversationStarted(Event):
    """Somebody opened a conversation; `invited` are members the author chose to ask."""

    conversation: int
    community: int
    kind: str
    author: int
    invited: list[int]


@dataclass(frozen=True, slots=True)
class ConversationsImported(Event):
    """An import brought or changed these conversations of a community, a few hundred at a time."""

    community: int
    conversations: list[int]


@dataclass(frozen=True, slots=True)
class ConversationChanged(Event):
    """Something in it is new, edited, gone or back: whatever is derived from it must follow."""

    conversation: int


@dataclass(frozen=True, slots=True)
class ContributionAdded(Event):
    """An answer, a reply or a comment was written."""

    contribution: int
    conversation: int
    community: int
    part: str
    author: int


@dataclass(frozen=True, slots=True)
class ContributionEdited(Event):
    """A text (or the title of a conversation) has a new version."""

    contribution: int
    conversation: int
    editor: int
    version: int


@dataclass(frozen=True, slots=True)
class ConversationsIndexed(Event):
    """A search reads these conversations as they are now."""

    conversations: list[int]


@dataclass(frozen=True, slots=True)
class ContributionDeleted(Event):
    """A text was taken out."""

    contribution: int
    conversation: int
    by: int


@dataclass(frozen=True, slots=True)
class AnswerAccepted(Event):
    """An answer solved the question."""

    conversation: int
    answer: int
    author: int
    by: int


@dataclass(frozen=True, slots=True)
class AcceptanceWithdrawn(Event):
    """The question is open again: the answer was unaccepted, or deleted."""

    conversation: int
    answer: int
    by: int


@dataclass(frozen=True, slots=True)
class Verified(Event):
    """Somebody said that an accepted answer or an experience still holds, or no longer does."""

    conversation: int
    contribution: int
    holds: bool
    author: int
    by: int


@dataclass(frozen=True, slots=True)
class ConversationClosed(Event):
    """No more replies, with a reason."""

    conversation: int
    reason: str
    by: int


@dataclass(frozen=True, slots=True)
class ConversationReopened(Event):
    """Replies are welcome again."""

    conversation: int
    by: int


@dataclass(frozen=True, slots=True)
class MemberMentioned(Event):
    """A contribution names a member."""

    contribution: int
    conversation: int
    member: int
    by: int


@dataclass(frozen=True, slots=True)
class Reacted(Event):
    """Somebody said what a contribution did for them."""

    contribution: int
    member: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Followed(Event):
    """Somebody wants to be told of what comes."""

    conversation: int
    member: int


@dataclass(frozen=True, slots=True)
class Unfollowed(Event):
    """They do no longer."""

    conversation: int
    member: int


@dataclass(frozen=True, slots=True)
class Spotlighted(Event):
    """A contribution is shown on the first page of its community."""

    contribution: int
    by: int


@dataclass(frozen=True, slots=True)
class SpotlightEnded(Event):
    """It is shown there no more."""

    contribution: int
    by: int


@dataclass(frozen=True, slots=True)
class ReactionWithdrawn(Event):
    """Somebody took back what they had said."""

    contribution: int
    member: int
    meaning: str


@dataclass(frozen=True, slots=True)
class ContributionRestored(Event):
    """A text that was taken out is back."""

    contribution: int
    conversation: int
    by: int


@dataclass(frozen=True, slots=True)
class ConversationThemesChanged(Event):
    """A conversation is about something else: `themes` are those that came and those that went."""

    conversation: int
    community: int
    themes: list[int]


@dataclass(frozen=True, slots=True)
class ConversationsCarried(Event):
    """Members or themes were merged, or are two again: these conversations hang on others now."""

    conversations: list[int]


@dataclass(frozen=True, slots=True)
class SearchMissed(Event):
    """Words (`folded`) were searched in vain in a community; nobody knows by whom."""

    community: int
    folded: str
