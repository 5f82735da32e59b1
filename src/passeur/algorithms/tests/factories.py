"""Small made-up communities for the tests of routing and its evaluation."""

from __future__ import annotations

import random
from collections.abc import Iterable

from passeur.algorithms.routing import (
    Acceptance,
    AskedQuestion,
    DayVotes,
    GivenAnswer,
    Past,
    Ranker,
    Themes,
)
from passeur.algorithms.routing.evidence import DAY
from passeur.algorithms.routing.timeline import Event, in_order

AMINA, BRUNO, CHLOE, DRISS, ELSA = range(1, 6)
ASKER = 90
SQL, JOINS, SPREADSHEETS = 10, 11, 20
_WORDS = ("join", "table", "index", "pivot", "cell", "macro", "query", "slow", "wrong", "sum", "filter")
TREE = Themes({JOINS: SQL, SQL: None, SPREADSHEETS: None})


def question(
    id: int, day: float, *themes: int, asker: int = ASKER, title: str = "", text: str = ""
) -> AskedQuestion:
    return AskedQuestion(id, asker, day * DAY, title, text, themes)


def answer(id: int, of: int, author: int, day: float, text: str = "") -> GivenAnswer:
    return GivenAnswer(id, of, author, day * DAY, text)


def exchanges(
    author: int, days: Iterable[float], *themes: int, first_id: int, asker: int = ASKER, title: str = ""
) -> list[Event]:
    """One question a day, in these themes, answered by `author` an hour later."""
    events: list[Event] = []
    for number, day in enumerate(days, first_id):
        events.append(question(number, day, *themes, asker=asker, title=title))
        events.append(answer(number, number, author, day + 1 / 24))
    return events


def past_of(events: Iterable[Event], themes: Themes = TREE) -> Past:
    everything = list(events)
    return Past(
        "test",
        tuple(e for e in everything if isinstance(e, AskedQuestion)),
        tuple(e for e in everything if isinstance(e, GivenAnswer)),
        tuple(e for e in everything if isinstance(e, DayVotes)),
        tuple(e for e in everything if isinstance(e, Acceptance)),
        themes,
    )


def ranker_after(events: Iterable[Event], themes: Themes = TREE) -> Ranker:
    ranker = Ranker(themes)
    for _, event in in_order(past_of(events, themes)):
        ranker.learn(event)
    return ranker


def everything_of(past: Past) -> list[Event]:
    return [*past.questions, *past.answers, *past.votes, *past.acceptances]


def busy_community(seed: int, questions: int = 60, people: int = 12) -> Past:
    """Questions over as many days; people have favourite themes, words and days off at random."""
    chance = random.Random(seed)
    themes = (SQL, JOINS, SPREADSHEETS)
    events: list[Event] = []
    for number in range(1, questions + 1):
        asker = chance.randrange(people)
        at = (number + chance.random()) * DAY
        theme = chance.choice(themes)
        said = " ".join(chance.choices(_WORDS, k=4))
        events.append(AskedQuestion(number, asker, at, said, " ".join(chance.choices(_WORDS, k=9)), (theme,)))
        for place in range(chance.randrange(4)):
            author = (theme + chance.randrange(4)) % people
            answer_id = number * 10 + place
            when = at + chance.random() * 2 * DAY
            events.append(GivenAnswer(answer_id, number, author, when, " ".join(chance.choices(_WORDS, k=6))))
            if chance.random() < 0.5:
                events.append(DayVotes(answer_id, when // DAY * DAY, up=chance.randrange(3), down=0))
            if place == 0 and chance.random() < 0.4:
                events.append(Acceptance(answer_id, when + DAY))
    return past_of(events)
