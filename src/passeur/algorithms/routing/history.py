"""What a community has shown so far, learnt event by event, in the order in which it became known."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from passeur.algorithms.routing.evidence import DAY, Acceptance, AskedQuestion, DayVotes, GivenAnswer, Themes
from passeur.algorithms.routing.tally import Tally
from passeur.algorithms.term_index import TermIndex
from passeur.algorithms.text import weighted_terms

_A_YEAR = (365 * DAY,)


@dataclass(slots=True)
class Share:
    """One person's part in one question."""

    at: float
    replies: int = 1
    up: int = 0
    down: int = 0
    accepted: bool = False

    @property
    def approval(self) -> int:
        """Net votes, never below 0, and two more for being accepted."""
        return max(0, self.up - self.down) + 2 * self.accepted


@dataclass(slots=True)
class Exchange:
    """A question and what each person gave to it."""

    question: AskedQuestion
    answerers: dict[int, Share] = field(default_factory=dict)


@dataclass(slots=True)
class Record:
    """How many questions a person has answered, in all or in a theme, and how often they were accepted."""

    answers: int = 0
    accepted: int = 0


@dataclass(frozen=True, slots=True)
class Resembling:
    """(question, score) and (place in `given`, score), best first; no question's score exceeds `ceiling`."""

    questions: list[tuple[int, float]]
    answers: list[tuple[int, float]]
    ceiling: float


class History:
    """Grows by `ask`, `answer`, `vote` and `accept`, at a cost that does not depend on the number of members.

    One answer a person and question counts; what the person adds later in the same exchange is replies.
    """

    def __init__(self, themes: Themes | None = None) -> None:
        self.themes = themes or Themes()
        self.exchanges: dict[int, Exchange] = {}
        self.records: dict[int, Record] = {}
        self.answered: dict[int, list[int]] = {}
        """Questions that a person answered, oldest first."""
        self.overall = Tally()
        self.by_theme: dict[int, Tally] = {}
        self.replies = Tally()
        self.asking = Tally()
        self.theme_records: dict[int, dict[int, Record]] = {}
        self.questions_by_theme: dict[int, int] = {}
        self.to_asker: dict[int, Tally] = {}
        self.together: dict[int, Tally] = {}
        self.last: deque[int] = deque(maxlen=50)
        self.last_by_theme: dict[int, deque[int]] = {}
        self.similar = TermIndex()
        """Questions by their words."""
        self.wording = TermIndex()
        """Answers by their words; the id is a position in `given`."""
        self.given: list[tuple[int, float]] = []
        """(author, time) of each indexed answer."""
        self._helped: dict[tuple[int, int], int] = {}
        self._answers: dict[int, tuple[int, int]] = {}

    def knows(self, person: int) -> bool:
        """Whether this person has answered somebody else's question."""
        return person in self.records

    def helped(self, asker: int, person: int) -> int:
        """How many questions of `asker` this person has answered."""
        return self._helped.get((asker, person), 0)

    def terms_of(self, question: AskedQuestion) -> Mapping[str, float]:
        """The words of a question, with their frequency."""
        return weighted_terms(question.title, question.text)

    def resembling(self, terms: Mapping[str, float], questions: int, answers: int) -> Resembling:
        """As many questions and answers that have most of these words."""
        return Resembling(
            self.similar.search(terms, questions),
            self.wording.search(terms, answers),
            self.similar.ceiling(terms),
        )

    def helped_by(self, asker: int, people: Sequence[int], now: float) -> NDArray[np.float64]:
        """How much `asker` has answered each of these people, fading over a year."""
        counts = np.zeros(len(people))
        for place, person in enumerate(people):
            tally = self.to_asker.get(person)
            if tally is not None and asker in tally:
                counts[place] = tally.read([asker], now)[0, 0]
        return counts

    def since(self, person: int, at: float) -> Record:
        """What this person has answered from that time on."""
        record = Record()
        for question in reversed(self.answered[person]):
            share = self.exchanges[question].answerers[person]
            if share.at < at:
                break
            record.answers += 1
            record.accepted += share.accepted
        return record

    def ask(self, question: AskedQuestion) -> None:
        """Learn that a question was asked."""
        self.exchanges[question.id] = Exchange(question)
        self.asking.add(question.asker, question.asked_at)
        for theme in self.themes.with_broader(question.themes):
            self.questions_by_theme[theme] = self.questions_by_theme.get(theme, 0) + 1
        self.similar.add(question.id, weighted_terms(question.title, question.text))

    def answer(self, answer: GivenAnswer) -> None:
        """Learn of an answer. An unknown question, or the asker's own answer, is no evidence."""
        exchange = self.exchanges.get(answer.question)
        if exchange is None or exchange.question.asker == answer.author:
            return
        person = answer.author
        self._answers[answer.id] = (answer.question, person)
        self.wording.add(len(self.given), weighted_terms("", answer.text))
        self.given.append((person, answer.at))
        self.replies.add(person, answer.at)
        if person in exchange.answerers:
            exchange.answerers[person].replies += 1
        else:
            self._join(exchange, person, answer.at)

    def _join(self, exchange: Exchange, person: int, at: float) -> None:
        """Count the person's first answer in this exchange."""
        question = exchange.question
        for other in exchange.answerers:
            self.together.setdefault(other, Tally(_A_YEAR)).add(person, at)
            self.together.setdefault(person, Tally(_A_YEAR)).add(other, at)
        exchange.answerers[person] = Share(at)
        self.records.setdefault(person, Record()).answers += 1
        self.answered.setdefault(person, []).append(question.id)
        self._helped[question.asker, person] = self.helped(question.asker, person) + 1
        self.overall.add(person, at)
        self.last.append(person)
        self.to_asker.setdefault(question.asker, Tally(_A_YEAR)).add(person, at)
        for theme in self.themes.with_broader(question.themes):
            self.by_theme.setdefault(theme, Tally()).add(person, at)
            self.last_by_theme.setdefault(theme, deque(maxlen=20)).append(person)
            self.theme_records.setdefault(theme, {}).setdefault(person, Record()).answers += 1

    def vote(self, votes: DayVotes) -> None:
        """Learn of a day's votes on an answer."""
        if votes.answer in self._answers:
            question, person = self._answers[votes.answer]
            share = self.exchanges[question].answerers[person]
            share.up += votes.up
            share.down += votes.down

    def accept(self, acceptance: Acceptance) -> None:
        """Learn that an answer was accepted; once a person and question."""
        if acceptance.answer not in self._answers:
            return
        question, person = self._answers[acceptance.answer]
        exchange = self.exchanges[question]
        if exchange.answerers[person].accepted:
            return
        exchange.answerers[person].accepted = True
        self.records[person].accepted += 1
        for theme in self.themes.with_broader(exchange.question.themes):
            self.theme_records[theme][person].accepted += 1
