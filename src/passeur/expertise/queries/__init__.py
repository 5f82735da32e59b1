"""What can be asked about who knows what, and about requests to people."""

from .best import best_for
from .candidates import (
    Candidate,
    Considered,
    candidates_for,
    candidates_for_words,
    considered_for,
    considered_for_draft,
)
from .demonstrated import Demonstrated, demonstrated_among, demonstrated_by, leading_on
from .measures import accuracy
from .panel import Panel, looks_for_people, panel
from .referrals import (
    asked_now,
    closed_referrals_of,
    count_open_of,
    ended_without_answer,
    open_of,
    open_referrals_of,
    question_of,
    questions_referred_in_vain,
    queued,
    referrals_on,
    referred,
    waits_in_queue,
)
from .shown import Shown, best_of, shown_by_writers
from .wanted import asked_of, takes_questions, wanted, why_in_words

__all__ = [
    "Candidate",
    "Considered",
    "Demonstrated",
    "Panel",
    "Shown",
    "accuracy",
    "asked_now",
    "asked_of",
    "best_for",
    "best_of",
    "candidates_for",
    "candidates_for_words",
    "closed_referrals_of",
    "considered_for",
    "considered_for_draft",
    "count_open_of",
    "demonstrated_among",
    "demonstrated_by",
    "ended_without_answer",
    "leading_on",
    "looks_for_people",
    "open_of",
    "open_referrals_of",
    "panel",
    "question_of",
    "questions_referred_in_vain",
    "queued",
    "referrals_on",
    "referred",
    "shown_by_writers",
    "takes_questions",
    "waits_in_queue",
    "wanted",
    "why_in_words",
]
