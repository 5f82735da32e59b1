"""Who could help with a question, and why: those who can be asked, and others with what stands against it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from passeur.algorithms.routing import AskedQuestion, Themes
from passeur.conversations.queries.past import asked_once
from passeur.foundation import dates, lasting
from passeur.foundation.arrays import array
from passeur.skills import queries as skills

from ..choices import Obstacle, ReferralState
from ..models import Listing
from . import reasons as words
from .availability import Availability, availability
from .fairness import KEPT, fair_choice
from .ranking import rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from passeur.accounts.models import Member
    from passeur.algorithms.routing import Ranker
    from passeur.communities.models import Community
    from passeur.conversations.models import Conversation
    from passeur.skills.models import Theme

SHOWN = 5
GREYED = 2
"""How many of those who cannot be asked are shown, with the reason."""
MOST_DECLARED = 20
"""How many of those who only say that they know are looked at, those of the narrowest themes first."""
DECLARED_CHANCE = 1e-6
"""What somebody who only says that they know ranks with: after all evidence."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person for a question. `score` orders and is shown to nobody; `kept` are the reasons as kept."""

    free: Availability
    score: float
    kept: list[words.Kept]

    @property
    def person(self) -> int:
        """The member's number: to be put in order, nobody has to be made a member."""
        return self.free.person

    @property
    def member(self) -> Member:
        return self.free.member

    @property
    def room_left(self) -> int:
        return self.free.room

    @property
    def asked_this_week(self) -> int:
        return self.free.carries.this_week

    @property
    def available(self) -> bool:
        return self.free.obstacle is None

    @property
    def why_not(self) -> Obstacle | None:
        return self.free.obstacle

    @property
    def until(self) -> dt.date | None:
        return self.free.until

    @property
    def sentence(self) -> str:
        """The reason that weighed most, and how much room there is."""
        return self._told(1)

    @property
    def after_the_name(self) -> str:
        """The same, for a sentence that begins with their name; empty where it is nothing they do."""
        if not self.kept:
            return ""
        return words.after_a_name(self.kept[0], self.room_left if self.available else 0)

    @property
    def why(self) -> str:
        """Two reasons at most, and how much room there is."""
        return self._told(2)

    def _told(self, most: int) -> str:
        parts = self.reasons[:most]
        if self.available:
            parts.append(words.room_in_words(self.room_left))
        return words.joined(parts)

    @property
    def why_not_words(self) -> str:
        """What stands against asking them, until when where that is known."""
        if self.why_not == Obstacle.PAUSED and self.until is not None:
            return _("En pause jusqu’au %(day)s") % {"day": dates.day_and_month(self.until)}
        if self.why_not == Obstacle.WEEK_FULL:
            return _("Complet jusqu’à lundi")
        return str(self.why_not.label) if self.why_not else ""

    @property
    def reasons(self) -> list[str]:
        """In words, in the reader's language; the one that weighed most first."""
        return [words.in_words(reason) for reason in self.kept]


@dataclass(frozen=True, slots=True)
class Considered:
    """Those to put forward, and a few who would know but cannot be asked; and all of both, best first."""

    people: list[Candidate] = field(default_factory=list)
    greyed: list[Candidate] = field(default_factory=list)
    askable: list[Candidate] = field(default_factory=list)
    busy: list[Candidate] = field(default_factory=list)

    @property
    def listed(self) -> list[Candidate]:
        """Those to put forward and those who cannot be asked, in one order."""
        return sorted([*self.people, *self.greyed], key=lambda candidate: -candidate.score)

    @property
    def nobody_has_an_account(self) -> bool:
        """The evidence is all of imported people."""
        return not self.askable and any(c.why_not == Obstacle.NO_ACCOUNT for c in self.greyed)


def candidates_for(conversation: Conversation, *, limit: int = SHOWN) -> list[Candidate]:
    """Who could help with a question that was asked, best first; some cannot be asked now (`why_not`)."""
    return considered_for(conversation, limit=limit).listed


def candidates_for_words(community: Community, words: str, *, limit: int = SHOWN) -> list[Candidate]:
    """Who could help with a subject that nobody in particular asks about."""
    question = AskedQuestion(id=0, asker=0, asked_at=timezone.now().timestamp(), title=words)
    chances, why = _ranked(community, question, Themes(), "")
    return _considered(community, chances, why, limit=limit).listed


def considered_for(conversation: Conversation, *, limit: int = SHOWN) -> Considered:
    """Who could help with a question that was asked; those already asked, or in it, are left out.

    Read from the question's list where there is one: nothing is ranked then.
    """
    listing = Listing.objects.filter(conversation=conversation).exclude(why={}).first()
    if listing is None:
        return considered_now(conversation, limit=limit)
    order = sorted([*listing.order, *listing.greyed], key=lambda pair: -pair[1])
    without = involved([conversation.pk])
    chances = {person: chance for person, chance in order if (conversation.pk, person) not in without}
    why = {person: listing.why.get(str(person), []) for person in chances}
    return _considered(conversation.community, chances, why, limit=limit, conversation_id=conversation.pk)


def considered_now(
    conversation: Conversation, *, limit: int = SHOWN, known: Ranker | None = None
) -> Considered:
    """The same, ranked at this moment; by `known` where all of the past has just been counted."""
    told = asked_once(conversation.pk)
    if told is None:
        return Considered()
    question, answerers = told
    tree = Themes(parents=skills.parents_above(question.themes))
    chances, why = _ranked(conversation.community, question, tree, conversation.author.first_name, known)
    without = answerers.union(_in_it(conversation.pk))
    left = {person: chance for person, chance in chances.items() if person not in without}
    return _considered(conversation.community, left, why, limit=limit, conversation_id=conversation.pk)


def considered_for_draft(
    *, community: Community, asker: Member, title: str, body: str, themes: Sequence[Theme], limit: int = 3
) -> Considered:
    """Who could help with a question that is being written."""
    tree = Themes(parents=skills.parents_above(theme.pk for theme in themes))
    question = AskedQuestion(
        id=0,
        asker=asker.pk,
        asked_at=timezone.now().timestamp(),
        title=title,
        text=body,
        themes=tuple(theme.pk for theme in themes),
    )
    chances, why = _ranked(community, question, tree, asker.first_name)
    return _considered(community, chances, why, limit=limit)


_INVOLVED = f"""
select conversation_id, member_id from expertise_referral
where conversation_id = any(%(questions)s::bigint[]) and state <> '{ReferralState.WITHDRAWN}'
union
select exchange_id, person_id from expertise_share where exchange_id = any(%(questions)s::bigint[])
union
select e.conversation_id, c.member_id from expertise_exchange e
join expertise_contest c on c.theme_id = any(e.broader)
where e.conversation_id = any(%(questions)s::bigint[])
"""  # noqa: S608 - a state of ours


def involved(conversations: Iterable[int]) -> set[tuple[int, int]]:
    """(question, person) of those asked already, of those who answered, and of those who contest a theme of
    the question, or one that stands above it. One query.
    """
    return set(lasting.fetched(_INVOLVED, {"questions": array(conversations)}))


_IN_IT = f"""
select member_id from expertise_referral
where conversation_id = %(question)s::bigint and state <> '{ReferralState.WITHDRAWN}'
union
select person_id from expertise_share where exchange_id = %(question)s::bigint
"""  # noqa: S608 - states and numbers of ours


def _in_it(conversation_id: int) -> set[int]:
    """Who was asked this question already, or answered it. One query."""
    return {person for (person,) in lasting.fetched(_IN_IT, {"question": conversation_id})}


def _ranked(
    community: Community, question: AskedQuestion, tree: Themes, asker: str, known: Ranker | None = None
) -> tuple[dict[int, float], dict[int, list[words.Kept]]]:
    """Chances, best first, and reasons: evidence first, then what people say they know."""
    now = timezone.now().timestamp()
    ranking = rank(community.pk, question, tree, now=now, limit=KEPT, known=known)
    told = [(best.person, best.reasons) for best in ranking.best]
    why = words.kept(told, asker, ranking.themes, ranking.titles)
    chances = dict(ranking.order[:KEPT])
    for person, reasons in _declared(question, tree).items():
        if person != question.asker and person not in ranking.contesting:
            chances.setdefault(person, DECLARED_CHANCE)
            why[person] = [*why.get(person, []), *reasons]
    return chances, why


def _considered(
    community: Community,
    chances: dict[int, float],
    why: dict[int, list[words.Kept]],
    *,
    limit: int,
    conversation_id: int | None = None,
) -> Considered:
    free = availability(community, chances)
    order = [(person, chance) for person, chance in chances.items() if person in free]
    askable = [(person, chance) for person, chance in order if free[person].obstacle is None]
    chosen = fair_choice(community.pk, askable, limit=limit, conversation_id=conversation_id)
    known = {person: candidate_of(free[person], chance, why.get(person, [])) for person, chance in order}
    busy = [known[person] for person, _ in order if not known[person].available]
    near = {person for person, _ in order[: limit + GREYED]}
    return Considered(
        people=[known[person] for person, _ in askable if person in chosen],
        greyed=[candidate for candidate in busy if candidate.person in near][:GREYED],
        askable=[known[person] for person, _ in askable],
        busy=busy,
    )


def candidate_of(free: Availability, chance: float, why: list[words.Kept]) -> Candidate:
    return Candidate(free=free, score=chance, kept=why)


def _declared(question: AskedQuestion, tree: Themes) -> dict[int, list[words.Kept]]:
    """By person, the narrowest of the question's themes, or of those above, that they say they know."""
    distances = tree.with_broader(question.themes)
    found: dict[int, list[words.Kept]] = {}
    rows = skills.declaring(list(distances), MOST_DECLARED)
    for person, theme, name in sorted(rows, key=lambda row: (distances[row[1]], row[0])):
        if person not in found:
            found[person] = [words.declared(theme, name)]
        if len(found) == MOST_DECLARED:
            break
    return found
