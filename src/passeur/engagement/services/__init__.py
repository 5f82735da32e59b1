"""What can be done with roll-ups."""

from .exchanges import Told, follow_exchanges
from .lasting import Remains, Text, follow_lasting
from .recounting import recount
from .responding import remake_marked
from .rolling import advance, advance_all

__all__ = [
    "Remains",
    "Text",
    "Told",
    "advance",
    "advance_all",
    "follow_exchanges",
    "follow_lasting",
    "recount",
    "remake_marked",
]
