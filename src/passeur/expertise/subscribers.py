"""What expertise does when something happens: evidence follows, requests go on, the queue is served."""

from passeur.accounts.events import AccountClosed, AvailabilityChanged, MembersMerged, MergeUndone
from passeur.accounts.services import carry_back, carry_over
from passeur.communities.events import MemberJoined, MemberLeft
from passeur.conversations.choices import Kind, Part
from passeur.conversations.events import (
    ContributionAdded,
    ContributionDeleted,
    ContributionRestored,
    ConversationChanged,
    ConversationsImported,
    ConversationStarted,
    Reacted,
)
from passeur.conversations.queries.past import EXCHANGES
from passeur.foundation.events import subscribe
from passeur.notifications.events import NoticesMailed
from passeur.skills.events import ThemesMerged

from . import services, tasks
from .choices import OPEN
from .events import ReferralAnswered, ReferralDeclined, ReferralExpired, ReferralMade, ReferralWithdrawn
from .models import Exchange, Queued, Referral
from .notices import REFERRAL
from .queries import availability as people
from .queries.referrals import UNHELPED


@subscribe(ConversationStarted)
def take_in_an_exchange(event: ConversationStarted) -> None:
    """Learn that it began; of a question, whom it could go to, and take it to those whom the author chose."""
    if event.kind in EXCHANGES:
        services.learn(event.community, event.conversation)
    if event.kind != Kind.QUESTION:
        return
    exchange = Exchange.objects.select_related("conversation__community", "conversation__author").get(
        conversation=event.conversation
    )
    services.write_listing(exchange.conversation)
    if event.invited:
        services.refer_invited(conversation=exchange.conversation, invited=event.invited)
        services.pass_on(exchange.conversation)


@subscribe(ContributionAdded)
def note_an_answer(event: ContributionAdded) -> None:
    """Somebody who was asked has answered."""
    if event.part == Part.ANSWER:
        services.note_answer(event.conversation, event.author)


@subscribe(ContributionDeleted)
def forget_a_title(event: ContributionDeleted) -> None:
    """With its opening, the title of an exchange leaves the reasons that name it."""
    services.follow_title(event.conversation)


@subscribe(ContributionRestored)
def read_a_title_again(event: ContributionRestored) -> None:
    """It comes back with its opening."""
    services.follow_title(event.conversation)


@subscribe(ConversationChanged)
def follow_an_exchange(event: ConversationChanged) -> None:
    """Evidence follows; a question that needs nobody any more frees those who were asked."""
    services.learn_again(event.conversation)
    exchange = Exchange.objects.filter(conversation=event.conversation).select_related("conversation").first()
    if exchange is not None and exchange.conversation.state not in (*UNHELPED, "answered"):
        Queued.objects.filter(conversation=event.conversation).delete()
        services.let_go(event.conversation)


@subscribe(Reacted)
def learn_from_a_reaction(event: Reacted) -> None:
    services.learn_reaction(event.contribution)


@subscribe(ConversationsImported)
def count_what_was_imported(event: ConversationsImported) -> None:
    """A whole past arrived: it is counted once the import has settled."""
    services.mark_stale(event.community, refit=True)


@subscribe(ThemesMerged)
def count_merged_themes(event: ThemesMerged) -> None:
    services.mark_stale(event.community)


@subscribe(MembersMerged)
def give_over(event: MembersMerged) -> None:
    """Evidence of the imported member is evidence of the person."""
    carry_over(event.merge, Referral, "member", once_with=["conversation"])
    services.mark_stale_around([event.source, event.target])


@subscribe(MergeUndone)
def give_back(event: MergeUndone) -> None:
    carry_back(event.merge, Referral, "member")
    services.mark_stale_around([event.source, event.target])


@subscribe(ReferralMade)
def tell_the_person(event: ReferralMade) -> None:
    services.tell(event.referral)


@subscribe(NoticesMailed)
def note_that_mail_left(event: NoticesMailed) -> None:
    """When a request was mailed stands with it."""
    if event.kind == REFERRAL.slug:
        services.note_mailed(event.objects)


@subscribe(ReferralDeclined)
def ask_the_next_after_a_no(event: ReferralDeclined) -> None:
    _go_on(event.referral)


@subscribe(ReferralExpired)
def ask_the_next_after_silence(event: ReferralExpired) -> None:
    _go_on(event.referral)


@subscribe(ReferralAnswered)
def room_after_an_answer(event: ReferralAnswered) -> None:
    tasks.serve_the_queue.defer()


@subscribe(ReferralWithdrawn)
def room_after_a_withdrawal(event: ReferralWithdrawn) -> None:
    tasks.serve_the_queue.defer()


@subscribe(AvailabilityChanged)
def somebody_has_room(event: AvailabilityChanged) -> None:
    """Somebody is back; or is away, and what they have not said yes to goes to the next person."""
    if not people.can_be_asked(event.member):
        services.release(event.member, accepted_too=False)
    tasks.serve_the_queue.defer()


@subscribe(AccountClosed)
def somebody_left_the_company(event: AccountClosed) -> None:
    services.release(event.member)


@subscribe(MemberLeft)
def somebody_left(event: MemberLeft) -> None:
    services.release(event.member, community_id=event.community)


@subscribe(MemberJoined)
def somebody_came(event: MemberJoined) -> None:
    tasks.serve_the_queue.defer()


def _go_on(referral: int) -> None:
    ended = Referral.objects.select_related("conversation__community", "conversation__author").get(
        pk=referral
    )
    if ended.state not in OPEN:
        services.pass_on(ended.conversation)
    tasks.serve_the_queue.defer()
