"""Roll-ups for tests: a factory a model, and statements as the rooms write them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence as Seq
from itertools import count
from uuid import uuid4

from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from passeur.accounts.tests.factories import MemberFactory
from passeur.algorithms.measures.bins import ENDS
from passeur.algorithms.xapi import keys
from passeur.algorithms.xapi.prepared import prepare
from passeur.algorithms.xapi.reading import objects_of
from passeur.algorithms.xapi.statements import Edition
from passeur.records import protocols as records
from passeur.records.services import recording

from ..models import (
    Actor,
    ChangedDay,
    CompanySilence,
    Dirty,
    Exchange,
    FourWeeks,
    Network,
    Participant,
    Place,
    Population,
    Presence,
    Progress,
    Reached,
    Response,
    ResponseDay,
    ResponseWeek,
    Scope,
    Tally,
    TeamDay,
    TeamReplies,
    Tie,
    Total,
    Word,
    Writing,
)  # fmt: skip
from ..queries.weeks import day_cells, packed
from ..services import people

_numbers = count(1)


class ActorFactory(DjangoModelFactory[Actor]):
    """Somebody of another program."""

    class Meta:
        model = Actor

    key = LazyFunction(uuid4)
    bit = Sequence(lambda n: 100_000 + n)


class CompanySilenceFactory(DjangoModelFactory[CompanySilence]):
    """Somebody of whom nobody is to see whether others exchange with them."""

    class Meta:
        model = CompanySilence

    member = SubFactory(MemberFactory)


class PopulationFactory(DjangoModelFactory[Population]):
    """A community of three."""

    class Meta:
        model = Population

    community = Sequence(lambda n: n + 1)
    since = dt.date(2026, 1, 5)
    bits = b"\x07"
    size = 3


class FourWeeksFactory(DjangoModelFactory[FourWeeks]):
    """A block of a community of three, in which one took part."""

    class Meta:
        model = FourWeeks

    community = Sequence(lambda n: n + 1)
    theme = 0
    team = ""
    begun = dt.date(2026, 1, 26)
    people = 3
    active = 1
    bits = b"\x01"


class ScopeFactory(DjangoModelFactory[Scope]):
    """A community."""

    class Meta:
        model = Scope

    key = LazyFunction(uuid4)
    community = Sequence(lambda n: n + 1)


class PlaceFactory(DjangoModelFactory[Place]):
    """A set of scopes."""

    class Meta:
        model = Place

    scopes = Sequence(lambda n: [n])


class WordFactory(DjangoModelFactory[Word]):
    """A verb."""

    class Meta:
        model = Word

    iri = Sequence(lambda n: f"https://example.org/verbs/{n}")
    key = LazyAttribute(lambda row: keys.key_of(row.iri))


class ProgressFactory(DjangoModelFactory[Progress]):
    """Nothing read yet."""

    class Meta:
        model = Progress


class TallyFactory(DjangoModelFactory[Tally]):
    """One statement."""

    class Meta:
        model = Tally

    day = dt.date(2026, 11, 2)
    actor = Sequence(lambda n: n + 1)
    place = 1
    verb = 1
    kind = 0
    statements = 1


class TotalFactory(DjangoModelFactory[Total]):
    """One statement by one person."""

    class Meta:
        model = Total

    community = Sequence(lambda n: n + 1)
    theme = 0
    day = dt.date(2026, 11, 2)
    verb = 1
    kind = 0
    statements = 1
    people = 1


class PresenceFactory(DjangoModelFactory[Presence]):
    """One person took part."""

    class Meta:
        model = Presence

    community = Sequence(lambda n: n + 1)
    theme = 0
    day = dt.date(2026, 11, 2)
    taking_part = b"\x02"
    starting = b""


class TieFactory(DjangoModelFactory[Tie]):
    """One reply."""

    class Meta:
        model = Tie

    community = 1
    day = dt.date(2026, 11, 2)
    source = Sequence(lambda n: 2 * n + 1)
    target = Sequence(lambda n: 2 * n + 2)
    replies = 1


class WritingFactory(DjangoModelFactory[Writing]):
    """Somebody wrote something in a forum of elsewhere."""

    class Meta:
        model = Writing

    activity = LazyFunction(uuid4)
    actor = Sequence(lambda n: n + 1)
    statements = 1


class ResponseFactory(DjangoModelFactory[Response]):
    """Somebody replied to it."""

    class Meta:
        model = Response

    activity = LazyFunction(uuid4)
    actor = Sequence(lambda n: n + 1)
    day = dt.date(2026, 11, 2)
    community = 0
    statements = 1


class ChangedDayFactory(DjangoModelFactory[ChangedDay]):
    """A day whose exchanges changed."""

    class Meta:
        model = ChangedDay

    community = Sequence(lambda n: n + 1)
    day = dt.date(2026, 11, 2)


class DirtyFactory(DjangoModelFactory[Dirty]):
    """A day to be made again."""

    class Meta:
        model = Dirty

    community = Sequence(lambda n: n + 1)
    day = dt.date(2026, 11, 2)


class ExchangeFactory(DjangoModelFactory[Exchange]):
    """A question that waits."""

    class Meta:
        model = Exchange

    number = Sequence(lambda n: n + 1)
    community = 1
    kind = "question"
    asks = True
    asked_at = LazyFunction(timezone.now)
    state = "waiting"


class ParticipantFactory(DjangoModelFactory[Participant]):
    """Somebody wrote in an exchange."""

    class Meta:
        model = Participant

    exchange = SubFactory(ExchangeFactory)
    actor = Sequence(lambda n: n + 1)
    community = 1
    day = dt.date(2026, 11, 2)


class NetworkFactory(DjangoModelFactory[Network]):
    """Six people, nobody tied."""

    class Meta:
        model = Network

    community = Sequence(lambda n: n + 1)
    day = dt.date(2026, 11, 1)
    people = 6
    isolated = 6
    unheard = one_tie = mutual = connected = external = internal = tied = half = 0
    closeness = 0.0


class ResponseDayFactory(DjangoModelFactory[ResponseDay]):
    """A day on which one question was asked, which waits."""

    class Meta:
        model = ResponseDay

    community = Sequence(lambda n: n + 1)
    theme = 0
    day = dt.date(2026, 11, 2)
    kind = "question"
    asks = True
    asked = 1
    served = LazyFunction(lambda: [0] * len(ENDS))
    left = LazyFunction(lambda: [0] * len(ENDS))
    waiting = LazyFunction(lambda: [1] + [0] * 23)
    within = due = accepted = resolved = newcomers = newcomers_within = helped = 0
    hours = LazyFunction(lambda: [1] + [0] * 23)
    askers = LazyFunction(lambda: [1])
    beside = LazyFunction(list)


class ResponseWeekFactory(DjangoModelFactory[ResponseWeek]):
    """A week in the first hour of which one question was asked, which waits."""

    class Meta:
        model = ResponseWeek

    community = Sequence(lambda n: n + 1)
    theme = 0
    week = dt.date(2026, 11, 2)
    kind = "question"
    asks = True
    asked = people = 1
    within = due = accepted = resolved = newcomers = newcomers_within = helped = 0
    askers = LazyFunction(lambda: [1])
    beside = LazyFunction(list)
    cells = LazyFunction(lambda: packed(day_cells(0, [1], [1], [], [])))


class TeamDayFactory(DjangoModelFactory[TeamDay]):
    """The same by somebody of a team."""

    class Meta:
        model = TeamDay

    community = Sequence(lambda n: n + 1)
    team = "Atelier"
    day = dt.date(2026, 11, 2)
    kind = "question"
    asks = True
    asked = 1
    served = LazyFunction(lambda: [0] * len(ENDS))
    left = LazyFunction(lambda: [0] * len(ENDS))
    waiting = LazyFunction(lambda: [1] + [0] * 23)
    within = due = accepted = resolved = newcomers = newcomers_within = helped = 0
    hours = LazyFunction(lambda: [1] + [0] * 23)
    askers = LazyFunction(lambda: [1])


class TeamRepliesFactory(DjangoModelFactory[TeamReplies]):
    """Six people of a team replied twice each in a block."""

    class Meta:
        model = TeamReplies

    community = Sequence(lambda n: n + 1)
    begun = dt.date(2026, 10, 5)
    team = "Atelier"
    people = 6
    replies = 12


class ReachedFactory(DjangoModelFactory[Reached]):
    """Ten of forty people asked their first question in a block."""

    class Meta:
        model = Reached

    community = Sequence(lambda n: n + 1)
    begun = dt.date(2026, 10, 5)
    milestone = "question"
    people = 40
    count = 10


def team(community: int, name: str, members: Seq[int], since: dt.date) -> None:
    """These members (numbers) are of a team there, from a Monday on."""
    actors = people.meet(members)
    bits = people.bitmap(Actor.objects.filter(pk__in=actors.values()).values_list("bit", flat=True))
    PopulationFactory.create(
        community=community, team=name, since=since, bits=people.packed(bits), size=len(members)
    )


def fact(
    member: int, verb: records.Verb, community: int, at: dt.datetime, *,
    themes: Seq[int] = (), concerned: Seq[int] = (), kind: records.Kind = records.QUESTION,
) -> records.Fact:  # fmt: skip
    """Somebody did something in a community."""
    number = next(_numbers)
    return records.Fact(
        of=number, what=f"fact {number}", member=member, verb=verb, thing=records.Thing(kind, number), at=at,
        community=community, themes=themes, concerned=concerned,
    )  # fmt: skip


def write(*facts: records.Fact) -> None:
    """Their statements, as the rooms write them."""
    _record([one.statement() for one in facts])


def void(one: records.Fact) -> None:
    """It did not happen after all; saying so twice is one more statement."""
    _record([records.voiding(one.id(), timezone.now()) | {"id": str(uuid4())}])


def _record(statements: Seq[object]) -> None:
    written, _ = objects_of(json.dumps(statements), "statement")
    made = [
        prepare(one, Edition.TWO, records.agent(None), where="statement", id=str(uuid4())) for one in written
    ]
    recording.record(made, authority=records.authority_key(), contents={}, defines=True)
