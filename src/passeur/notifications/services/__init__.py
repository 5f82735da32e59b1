"""What is done with notices."""

from .choosing import choose, look, resume_mail, stoppable, unsubscribe
from .posting import post
from .receiving import receive
from .telling import forget, opened, seen, seen_all, take_back, tell
from .upkeep import drop, forget_old

__all__ = [
    "choose",
    "drop",
    "forget",
    "forget_old",
    "look",
    "opened",
    "post",
    "receive",
    "resume_mail",
    "seen",
    "seen_all",
    "stoppable",
    "take_back",
    "tell",
    "unsubscribe",
]
