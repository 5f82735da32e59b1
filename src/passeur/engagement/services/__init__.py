"""What can be done with roll-ups."""

from .exchanges import Told, follow_exchanges
from .recounting import recount
from .responding import remake_marked
from .rolling import advance, advance_all

__all__ = ["Told", "advance", "advance_all", "follow_exchanges", "recount", "remake_marked"]
