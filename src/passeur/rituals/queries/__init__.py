"""What can be asked about rituals."""

from .calendar import days_of, in_words, instant
from .charge import in_charge
from .held import held_between
from .plan import Past, held_by, occurrence_at, past_of_ended, plans, rituals_of, soon, titles_in

__all__ = [
    "Past",
    "days_of",
    "held_between",
    "held_by",
    "in_charge",
    "in_words",
    "instant",
    "occurrence_at",
    "past_of_ended",
    "plans",
    "rituals_of",
    "soon",
    "titles_in",
]
