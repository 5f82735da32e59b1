"""What cues are about: kinds of subjects, their names, and the events that touch them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.utils import timezone

from passeur.accounts import events as accounts
from passeur.communities import events as communities
from passeur.communities.queries import scopes
from passeur.conversations import events as conversations
from passeur.conversations.queries import needs
from passeur.expertise import events as expertise
from passeur.foundation.events import Event
from passeur.records import events as records
from passeur.records.queries import courses, learning
from passeur.skills import events as skills

from ..choices import About
from ..models import Entry

Ident = int | str
SEARCHES_KEPT = dt.timedelta(days=31)


class Subject(NamedTuple):
    """One thing in one community that cues may be about: what is judged again when something touches it."""

    community: int
    about: About
    ident: Ident

    @property
    def name(self) -> str:
        """How cues and gestures call it."""
        return f"{self.about}:{self.ident}"

    @classmethod
    def named(cls, community: int, name: str) -> Subject:
        """The subject of that name."""
        about, _, ident = name.partition(":")
        return cls(community, About(about), ident if about == About.SEARCH else int(ident))


Touch = Callable[[Any], Iterable[Subject]]
"""Which subjects an event touches."""


def conversation(event: Any) -> Iterable[Subject]:
    """The conversation of the event; what else waits by the same author, and what it is about, as well."""
    return _of_conversations([event.conversation])


def _of_conversations(ids: Iterable[int]) -> Iterable[Subject]:
    for place in needs.touched_with(ids):
        yield Subject(place.community, About.CONVERSATION, place.conversation)


def _themes(event: Any) -> Iterable[Subject]:
    for community, theme in needs.themes_of([event.conversation]):
        yield Subject(community, About.THEME, theme)


def _people_of(event: Any) -> Iterable[Subject]:
    """Who wrote it and who was written to: their ties changed, and so may what waits of theirs."""
    return _members(needs.people_of_contributions([event.contribution]))


def _members(places: Iterable[tuple[int, int]]) -> Iterable[Subject]:
    found = list(places)
    for community, member in found:
        yield Subject(community, About.MEMBER, member)
    for community, unheard in needs.unheard_by(found):
        yield Subject(community, About.CONVERSATION, unheard)


def _member_there(event: Any) -> Iterable[Subject]:
    return _members([(event.community, event.member)])


def _led(event: Any) -> Iterable[Subject]:
    """Who leads may open the discussion on a theme that rises."""
    yield from _member_there(event)
    for community, theme in needs.themes_by_author([(event.community, event.member)]):
        yield Subject(community, About.THEME, theme)


def _member_everywhere(event: Any) -> Iterable[Subject]:
    return _members(scopes.places_of([event.member]))


def _named(event: Any) -> Iterable[Subject]:
    """All that an entry names the member in."""
    for community, subject in Entry.objects.filter(people__contains=[event.member]).values_list(
        "community_id", "subject"
    ):
        yield Subject.named(community, subject)


def _author_there(event: Any) -> Iterable[Subject]:
    return _members([(event.community, event.author)])


def _reacted(event: Any) -> Iterable[Subject]:
    for community, contribution in needs.places_of_contributions([event.contribution]):
        yield Subject(community, About.CONTRIBUTION, contribution)
        yield from _members([(community, event.member)])
    yield from _people_of(event)


def _contribution(event: Any) -> Iterable[Subject]:
    for community, contribution in needs.places_of_contributions([event.contribution]):
        yield Subject(community, About.CONTRIBUTION, contribution)


def _taken_out(event: Any) -> Iterable[Subject]:
    yield from _contribution(event)
    yield from _people_of(event)


def _brought(event: Any) -> Iterable[Subject]:
    """An import, or texts that are somebody else's now: all that hangs on these conversations."""
    yield from _of_conversations(event.conversations)
    for community, theme in needs.themes_of(event.conversations):
        yield Subject(community, About.THEME, theme)
    for community, contribution in needs.helpful_in(event.conversations):
        yield Subject(community, About.CONTRIBUTION, contribution)
    yield from _members(needs.people_of_conversations(event.conversations))


def _themes_there(event: Any) -> Iterable[Subject]:
    return [Subject(event.community, About.THEME, theme) for theme in event.themes]


def _merged(event: Any) -> Iterable[Subject]:
    return [Subject(event.community, About.THEME, theme) for theme in (event.source, event.target)]


def _searched(event: Any) -> Iterable[Subject]:
    return [Subject(event.community, About.SEARCH, needs.digest(event.folded))]


def _searches_there(event: Any) -> Iterable[Subject]:
    """What was searched in vain where these conversations are: it may be found now, or no more."""
    since = timezone.localdate() - SEARCHES_KEPT
    communities = {place.community for place in needs.touched_with(event.conversations)}
    for community, key in needs.missed_words(communities, since):
        yield Subject(community, About.SEARCH, key)


def _claimed(event: Any) -> Iterable[Subject]:
    return [Subject(event.community, About.CLAIM, event.claim)]


def _learners(places: Iterable[tuple[int, int | None, int]]) -> Iterable[Subject]:
    """Who learns there, and the courses in which they do."""
    for community, member, course in places:
        yield Subject(community, About.COURSE, course)
        if member is not None:
            yield Subject(community, About.MEMBER, member)


def _learnt(event: Any) -> Iterable[Subject]:
    return _learners(learning.places_of_agents(event.agents))


def _linked(event: Any) -> Iterable[Subject]:
    """Who they are now, and who they were taken for."""
    yield from _learnt(event)
    yield from _members(scopes.places_of(event.before))


def _tied(event: Any) -> Iterable[Subject]:
    yield Subject(event.community, About.COURSE, event.course)
    for member in learning.learners_of(event.course):
        yield Subject(event.community, About.MEMBER, member)


def _learning_of(event: Any) -> Iterable[Subject]:
    return _learners(learning.places_of_members([event.member]))


def _courses_there(event: Any) -> Iterable[Subject]:
    """How many belong there counts for each course that people may stop in."""
    for community, course in courses.tied_in([event.community]):
        yield Subject(community, About.COURSE, course)


def _courses_everywhere(event: Any) -> Iterable[Subject]:
    for community, course in courses.tied_in(place for place, _ in scopes.places_of([event.member])):
        yield Subject(community, About.COURSE, course)


def _on_the_clock(event: Any) -> Iterable[Subject]:
    """All that waits for a reply there: its goal falls due at another moment."""
    for pk in needs.awaiting_reply(event.community):
        yield Subject(event.community, About.CONVERSATION, pk)


TOUCHED_BY: Mapping[type[Event], tuple[Touch, ...]] = {
    conversations.ConversationChanged: (conversation,),
    conversations.ConversationStarted: (_author_there, _themes),
    conversations.ConversationThemesChanged: (_themes_there,),
    conversations.ConversationsImported: (_brought,),
    conversations.ConversationsCarried: (_brought,),
    conversations.ContributionAdded: (_people_of,),
    conversations.ContributionDeleted: (_taken_out,),
    conversations.ContributionRestored: (_taken_out,),
    conversations.Reacted: (_reacted,),
    conversations.ReactionWithdrawn: (_reacted,),
    conversations.Spotlighted: (_contribution,),
    conversations.SpotlightEnded: (_contribution,),
    conversations.SearchMissed: (_searched,),
    conversations.ConversationsIndexed: (_searches_there,),
    skills.ThemesMerged: (_merged,),
    communities.GoalChanged: (_on_the_clock,),
    communities.MemberJoined: (_led, _courses_there),
    communities.MemberLeft: (_led, _courses_there),
    communities.RoleChanged: (_led, _courses_there),
    communities.ClaimMade: (_claimed,),
    communities.ClaimDecided: (_claimed,),
    records.LearningMoved: (_learnt,),
    records.AgentsLinked: (_linked,),
    records.CourseTied: (_tied,),
    records.CourseHelpSwitched: (_learning_of,),
    accounts.AccountClosed: (_member_everywhere, _courses_everywhere),
    accounts.AccountReopened: (_member_everywhere, _courses_everywhere),
    accounts.MemberErased: (_named,),
    **dict.fromkeys(
        (
            expertise.ReferralMade,
            expertise.ReferralDeclined,
            expertise.ReferralExpired,
            expertise.ReferralAnswered,
            expertise.ReferralWithdrawn,
        ),
        (conversation,),
    ),
}
"""After these events, these subjects are judged again by all rules about them."""
