"""Evidence of who can answer what, the words it rests on, and requests to people."""

from .evidence import Evidence, Exchange, Listing, Share, Tally, ThemeCount
from .measure import RoutingMeasure
from .referral import Queued, Referral
from .words import Block, TextEntry

__all__ = [
    "Block",
    "Evidence",
    "Exchange",
    "Listing",
    "Queued",
    "Referral",
    "RoutingMeasure",
    "Share",
    "Tally",
    "TextEntry",
    "ThemeCount",
]
