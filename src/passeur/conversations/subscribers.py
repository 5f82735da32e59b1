"""What conversations do when something happens, here or in a room below."""

from passeur.accounts.events import MembersMerged, MergeUndone
from passeur.foundation.events import subscribe
from passeur.skills.events import ThemeRenamed, ThemesMerged

from . import events, tasks
from .services import carrying


@subscribe(events.ConversationChanged)
def find_by_search(event: events.ConversationChanged) -> None:
    """The search engine reads it again."""
    tasks.index_conversations.defer(ids=[event.conversation])


@subscribe(events.ConversationChanged)
def find_when_similar(event: events.ConversationChanged) -> None:
    """So do the similar questions."""
    tasks.index_similar.defer(ids=[event.conversation])


@subscribe(events.ConversationsImported)
def find_what_was_imported(event: events.ConversationsImported) -> None:
    """The search engine and the similar questions read all of them, a few hundred at a time."""
    tasks.index_conversations.defer(ids=event.conversations)
    tasks.index_similar.defer(ids=event.conversations)


@subscribe(MembersMerged)
def give_texts_over(event: MembersMerged) -> None:
    """What was imported under a name is the person's."""
    carrying.give_over(event.merge, target=event.target)


@subscribe(MergeUndone)
def give_texts_back(event: MergeUndone) -> None:
    """It was somebody else after all."""
    carrying.give_back(event.merge, source=event.source, target=event.target)


@subscribe(ThemeRenamed)
def follow_renamed_theme(event: ThemeRenamed) -> None:
    """Conversations are found by the words of their themes."""
    tasks.index_theme.defer(theme=event.theme)
    tasks.index_similar.defer(ids=carrying.on_theme(event.theme))


@subscribe(ThemesMerged)
def follow_merged_theme(event: ThemesMerged) -> None:
    """Conversations go with their theme, and are found under its new name."""
    touched = carrying.merge_themes(source=event.source, target=event.target)
    if touched:
        tasks.index_conversations.defer(ids=touched)
        tasks.index_similar.defer(ids=touched)
