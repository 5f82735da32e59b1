"""What can be done with roll-ups."""

from .exchanges import Told, follow_exchanges
from .recounting import recount
from .rolling import advance, advance_all

__all__ = ["Told", "advance", "advance_all", "follow_exchanges", "recount"]
