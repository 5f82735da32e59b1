"""What conversations do when something happens, here or in a room below."""

from passeur.accounts.events import MembersMerged, MergeUndone
from passeur.communities import queries as communities
from passeur.communities.events import GoalChanged
from passeur.foundation.events import subscribe
from passeur.notifications import services as notifications
from passeur.skills.events import ThemeRenamed, ThemesMerged
from passeur.writing.events import DraftExpires

from . import events, notices, tasks
from .models import Contribution, Conversation
from .queries import facts
from .services import carrying, concerning


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


@subscribe(events.ConversationChanged)
def measure(event: events.ConversationChanged) -> None:
    """The measures of response follow."""
    tasks.tell_exchanges.defer(ids=[event.conversation])


@subscribe(events.Reacted)
def measure_what_helped(event: events.Reacted) -> None:
    """And whether it helped somebody."""
    tasks.tell_exchanges.defer(ids=facts.of_contribution(event.contribution))


@subscribe(events.ReactionWithdrawn)
def measure_what_no_longer_helped(event: events.ReactionWithdrawn) -> None:
    """Or helped nobody, after all."""
    tasks.tell_exchanges.defer(ids=facts.of_contribution(event.contribution))


@subscribe(events.ConversationsImported)
def measure_what_was_imported(event: events.ConversationsImported) -> None:
    """So they do for what was imported."""
    tasks.tell_exchanges.defer(ids=event.conversations)


@subscribe(events.ConversationsCarried)
def measure_what_was_carried(event: events.ConversationsCarried) -> None:
    """And for what hangs on other members or themes now."""
    tasks.tell_exchanges.defer(ids=event.conversations)


@subscribe(GoalChanged)
def measure_by_the_new_goal(event: GoalChanged) -> None:
    """All of its replies fall due elsewhen."""
    tasks.tell_community.defer(community=event.community)


@subscribe(DraftExpires)
def tell_that_a_draft_goes(event: DraftExpires) -> None:
    """Its writer has two weeks to take it up."""
    notifications.tell(
        notices.DRAFT_EXPIRES.slug, to=[event.member], object=event.draft, subject=f"draft:{event.draft}"
    )


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


@subscribe(events.ContributionAdded)
def tell_those_it_concerns(event: events.ContributionAdded) -> None:
    text = Contribution.objects.select_related("parent", "conversation").filter(pk=event.contribution).first()
    if text is not None:
        concerning.tell_of(text)


@subscribe(events.MemberMentioned)
def tell_who_is_mentioned(event: events.MemberMentioned) -> None:
    notifications.tell(
        notices.MENTION.slug,
        to=[event.member],
        object=event.contribution,
        subject=notices.subject(event.conversation),
    )


@subscribe(events.AnswerAccepted)
def tell_who_solved_it(event: events.AnswerAccepted) -> None:
    if event.author != event.by:
        notifications.tell(
            notices.ACCEPTED.slug,
            to=[event.author],
            object=event.answer,
            subject=notices.subject(event.conversation),
        )


@subscribe(events.Verified)
def tell_of_what_no_longer_holds(event: events.Verified) -> None:
    """Its author and who animates the community can say more, or mend it."""
    conversation = Conversation.objects.select_related("community").filter(pk=event.conversation).first()
    if event.holds or conversation is None:
        return
    concerned = {event.author, *communities.animators(conversation.community).values_list("pk", flat=True)}
    notifications.tell(
        notices.OUTDATED.slug,
        to=concerned - {event.by},
        object=event.contribution,
        subject=notices.subject(event.conversation),
    )


@subscribe(events.AcceptanceWithdrawn)
def tell_who_asked(event: events.AcceptanceWithdrawn) -> None:
    """Their question is open again, unless they did it themselves."""
    asker = Conversation.objects.values_list("author_id", flat=True).get(pk=event.conversation)
    if asker != event.by:
        notifications.tell(
            notices.REOPENED.slug,
            to=[asker],
            object=event.conversation,
            subject=notices.subject(event.conversation),
            what=event.answer,
        )
