"""Evidence of who can answer what, the words it rests on, what people contest, and requests to people."""

from .contest import Contest
from .evidence import Evidence, Exchange, Listing, Share, Tally, ThemeCount
from .measure import RoutingMeasure
from .referral import Queued, Referral
from .words import Block, TextEntry

__all__ = [
    "Block",
    "Contest",
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
