"""What the engagement room keeps. Members stand in roll-ups as bits and numbers, never by name."""

from .blocks import Reached, TeamReplies
from .exchanges import Asked, ChangedDay, Exchange, Participant, ResponseDay, ResponseWeek, TeamDay
from .forums import Response, Writing
from .four_weeks import FourWeeks
from .lasting import Lasting, LastingCell
from .network import Network
from .people import Actor, CompanySilence, Population
from .places import Place, Scope, Word
from .rolled import Dirty, Presence, Progress, Tally, Tie, Total
from .told_blocks import ToldBlock
from .told_parts import ToldPart

__all__ = [
    "Actor",
    "Asked",
    "ChangedDay",
    "CompanySilence",
    "Dirty",
    "Exchange",
    "FourWeeks",
    "Lasting",
    "LastingCell",
    "Network",
    "Participant",
    "Place",
    "Population",
    "Presence",
    "Progress",
    "Reached",
    "Response",
    "ResponseDay",
    "ResponseWeek",
    "Scope",
    "Tally",
    "TeamDay",
    "TeamReplies",
    "Tie",
    "ToldBlock",
    "ToldPart",
    "Total",
    "Word",
    "Writing",
]
