"""What Passeur itself writes into the store: verbs, kinds of things, facts, and the statement that a fact is.

The contract with whoever reads the store is docs/reference/xapi-profile.md; a test holds the two together.
No statement of ours has a word that somebody wrote, a name of a person or an address: numbers stand for them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings

from passeur.algorithms.xapi import keys, rules
from passeur.algorithms.xapi.objects import VOIDED

PROFILE = "urn:passeur:xapi:profile:1"
EXTENSION = "urn:passeur:xapi:extension:"
CONCERNED = "urn:passeur:xapi:role:concerned"
_IDS = UUID("5b0a3f0e-8a53-4d6f-9c38-6f0f5e6f8c1d")


def home() -> str:
    """The address that Passeur names its things and its members by."""
    return str(settings.RECORDS_HOME)


@dataclass(frozen=True, slots=True)
class Verb:
    """What is done. `iri` is from a known vocabulary where one has it."""

    iri: str
    english: str
    french: str

    @property
    def key(self) -> UUID:
        """What statements are found by."""
        return keys.key_of(self.iri)


_ADL = "http://adlnet.gov/expapi/verbs/"
_STREAMS = "http://activitystrea.ms/schema/1.0/"
_OURS = "urn:passeur:xapi:verb:"

ASKED = Verb(f"{_ADL}asked", "asked", "a demandé")
OPENED = Verb(f"{_STREAMS}create", "opened", "a ouvert")
SHARED = Verb(f"{_ADL}shared", "shared", "a partagé")
ANNOUNCED = Verb("https://www.w3.org/ns/activitystreams#Announce", "announced", "a annoncé")
ANSWERED = Verb(f"{_ADL}answered", "answered", "a répondu")
REPLIED = Verb("http://id.tincanapi.com/verb/replied", "replied", "a participé")
COMMENTED = Verb(f"{_ADL}commented", "commented", "a commenté")
EDITED = Verb(f"{_STREAMS}update", "edited", "a modifié")
ACCEPTED = Verb(f"{_STREAMS}accept", "accepted", "a accepté")
REACTED = Verb(f"{_OURS}reacted", "reacted to", "a réagi à")
FOLLOWED = Verb(f"{_STREAMS}follow", "followed", "a suivi")
SPOTLIGHTED = Verb(f"{_OURS}spotlighted", "put into the light", "a mis en lumière")
VERIFIED = Verb(f"{_OURS}verified", "said that it still holds", "a dit que c’est toujours vrai")
REFUTED = Verb(f"{_OURS}refuted", "said that it no longer holds", "a dit que ce n’est plus vrai")
CLOSED = Verb(f"{_STREAMS}close", "closed", "a clos")
JOINED = Verb(f"{_STREAMS}join", "joined", "a rejoint")
LEFT = Verb(f"{_STREAMS}leave", "left", "a quitté")
REFERRED = Verb(f"{_OURS}referred", "took to somebody", "a adressé à quelqu’un")
AGREED = Verb(f"{_OURS}agreed-to-answer", "agreed to answer", "a accepté de répondre")
DECLINED = Verb(f"{_STREAMS}deny", "could not answer", "n’a pas pu répondre")
EXPIRED = Verb(f"{_OURS}passed-on", "passed on", "a passé à quelqu’un d’autre")
MET = Verb(f"{_OURS}met", "met", "a rencontré")
HOSTED = Verb(f"{_STREAMS}host", "hosted", "a animé")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that something is done to: its word in our identifiers, and its type of activity."""

    word: str
    iri: str


_TINCAN = "http://id.tincanapi.com/activitytype/"
_TYPES = "urn:passeur:xapi:type:"

COMMUNITY = Kind("community", f"{_STREAMS}group")
THEME = Kind("theme", f"{_TINCAN}tag")
QUESTION = Kind("conversation", f"{_STREAMS}question")
DISCUSSION = Kind("conversation", f"{_TINCAN}discussion")
EXPERIENCE = Kind("conversation", f"{_STREAMS}article")
ANNOUNCEMENT = Kind("conversation", f"{_TYPES}announcement")
REPLY = Kind("contribution", f"{_TINCAN}forum-reply")
COMMENT = Kind("contribution", f"{_STREAMS}comment")
INTRODUCTION = Kind("introduction", f"{_TYPES}introduction")
OCCURRENCE = Kind("occurrence", f"{_STREAMS}event")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of ours that statements are about, by its kind and its number."""

    kind: Kind
    number: int

    @property
    def iri(self) -> str:
        return _iri(home(), self.kind.word, self.number)

    @property
    def key(self) -> UUID:
        """What statements about it are found by."""
        return keys.key_of(self.iri)

    def activity(self) -> dict[str, Any]:
        """As it stands in a statement. The same is given again: nobody changes it."""
        return _activity(home(), self.kind, self.number)


def _iri(place: str, word: str, number: int) -> str:
    return f"{place}/id/{word}/{number}"


@lru_cache(20_000)
def _activity(place: str, kind: Kind, number: int) -> dict[str, Any]:
    return {"id": _iri(place, kind.word, number), "definition": {"type": kind.iri}}


def community(number: int) -> Thing:
    return Thing(COMMUNITY, number)


def theme(number: int) -> Thing:
    return Thing(THEME, number)


def place(iris: Iterable[str]) -> UUID:
    """One key for all communities and themes among these: statements of one place are counted together."""
    ours = f"{home()}/id/"
    begins = tuple(f"{ours}{kind.word}/" for kind in (COMMUNITY, THEME))
    return keys.key_of(
        "place", *sorted([iri for iri in iris if iri.startswith(ours) and iri.startswith(begins)])
    )


@dataclass(frozen=True, slots=True)
class Fact:
    """Somebody did something, once. `what` says it in words that nothing else has; ids are made from it.

    `of` is the number of the subject that it was derived from; `member` is None where Passeur itself acted.
    `concerned` are the members whom it was done to or for. `told` has its further values by the last word
    of their extension. Without `community` it belongs to none.
    """

    of: int
    what: str
    member: int | None
    verb: Verb
    thing: Thing
    at: dt.datetime
    community: int | None
    parent: Thing | None = None
    themes: Sequence[int] = ()
    concerned: Sequence[int] = ()
    told: Mapping[str, Any] = field(default_factory=dict)

    def id(self, time: int = 0) -> str:
        """The id of its statement, always the same; what was voided and is true again has another `time`."""
        return str(uuid5(_IDS, f"{home()} {self.what}" + (f" {time}" if time else "")))

    def statement(self, time: int = 0) -> dict[str, Any]:
        """The statement (xAPI 2.0) without `stored`."""
        place = home()
        grouping = [_activity(place, THEME, number) for number in self.themes]
        if self.community is not None:
            grouping.insert(0, _activity(place, COMMUNITY, self.community))
        activities: dict[str, Any] = {"category": [_CATEGORY]}
        if grouping:
            activities["grouping"] = grouping
        if self.parent is not None:
            activities["parent"] = [_activity(place, self.parent.kind, self.parent.number)]
        context: dict[str, Any] = {"contextActivities": activities}
        others = [number for number in self.concerned if number != self.member]
        if others:
            context["contextAgents"] = [
                {"objectType": "contextAgent", "agent": agent(number), "relevantTypes": [CONCERNED]}
                for number in others
            ]
        if self.told:
            context["extensions"] = {f"{EXTENSION}{word}": value for word, value in self.told.items()}
        return {
            "id": self.id(time),
            "actor": agent(self.member),
            "verb": _said(self.verb),
            "object": _activity(place, self.thing.kind, self.thing.number),
            "context": context,
            "timestamp": rules.written(self.at),
            "authority": agent(None),
            "version": "2.0.0",
        }


@lru_cache(100)
def _said(verb: Verb) -> dict[str, Any]:
    return {"id": verb.iri, "display": {"en": verb.english, "fr": verb.french}}


_CATEGORY = {"id": PROFILE, "definition": {"type": "http://adlnet.gov/expapi/activities/profile"}}


def agent(member: int | None) -> dict[str, Any]:
    """A member as an actor, by their number; Passeur itself for None. The same is given again, as it is."""
    return _agent(home(), "passeur" if member is None else str(member))


@lru_cache(20_000)
def _agent(place: str, name: str) -> dict[str, Any]:
    return {"objectType": "Agent", "account": {"homePage": place, "name": name}}


def key_of_member(member: int) -> UUID:
    """What statements of a member are found by, as long as it is Passeur that writes them."""
    return keys.key_of("account", home(), str(member))


def voiding(statement: str, at: dt.datetime) -> dict[str, Any]:
    """The statement that takes one of ours back."""
    return {
        "id": str(uuid5(_IDS, f"voided {statement}")),
        "actor": agent(None),
        "verb": {"id": VOIDED, "display": {"en": "voided", "fr": "a annulé"}},
        "object": {"objectType": "StatementRef", "id": statement},
        "timestamp": rules.written(at),
        "authority": agent(None),
        "version": "2.0.0",
    }


def authority_key() -> UUID:
    """Whose statements are ours, among all in the store."""
    return keys.key_of("client", "passeur")
