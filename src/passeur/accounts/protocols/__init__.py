"""What rooms above tell this one: who knows whom, and all that they hold about a person."""

from .acquaintance import Acquaintance, acquaintances, acquainted
from .personal import (
    Attachment,
    Choice,
    Fate,
    Json,
    Known,
    Move,
    PersonalData,
    Reading,
    holders,
    holds_personal_data,
)
from .traces import GONE, Traces

__all__ = [
    "GONE",
    "Acquaintance",
    "Attachment",
    "Choice",
    "Fate",
    "Json",
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
