"""Who can answer this question: evidence, signals, weights learnt from the community's own past, load."""

from passeur.algorithms.routing.evidence import (
    Acceptance,
    AskedQuestion,
    DayVotes,
    GivenAnswer,
    Past,
    Themes,
)
from passeur.algorithms.routing.history import History
from passeur.algorithms.routing.ranker import Candidate, Ranker
from passeur.algorithms.routing.reasons import Reason, ReasonKind
from passeur.algorithms.routing.weights import Weights

__all__ = [
    "Acceptance",
    "AskedQuestion",
    "Candidate",
    "DayVotes",
    "GivenAnswer",
    "History",
    "Past",
    "Ranker",
    "Reason",
    "ReasonKind",
    "Themes",
    "Weights",
]
