"""What is done with introductions."""

from .answering import accept, decline, reconsider
from .following import expire_due, follow_up_due
from .proposing import propose, suggest, suggest_everywhere, withdraw_by_id
from .telling import tell_message, tell_opened, tell_outcome, tell_proposed
from .writing import suggested_message, write

__all__ = [
    "accept",
    "decline",
    "expire_due",
    "follow_up_due",
    "propose",
    "reconsider",
    "suggest",
    "suggest_everywhere",
    "suggested_message",
    "tell_message",
    "tell_opened",
    "tell_outcome",
    "tell_proposed",
    "withdraw_by_id",
    "write",
]
