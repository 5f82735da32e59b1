"""What rooms above tell this one: who knows whom, and all that they hold about a person."""

from .acquaintance import Acquaintance, acquaintances, acquainted
from .personal import (
    Attachment,
    Choice,
    Fate,
    Known,
    Move,
    PersonalData,
    Reading,
    holders,
    holds_personal_data,
)
from .traces import Traces

__all__ = [
    "Acquaintance",
    "Attachment",
    "Choice",
    "Fate",
    "Known",
    "Move",
    "PersonalData",
    "Reading",
    "Traces",
    "acquaintances",
    "acquainted",
    "holders",
    "holds_personal_data",
]
