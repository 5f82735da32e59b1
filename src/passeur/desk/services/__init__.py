"""What a manager does at the desk."""

from .consultations import expire_consultations, log_reading
from .filling import fill, fill_again
from .judging import forget_ended, judge
from .opening import open_desk, show_desk
from .treating import hand_over, move, put_done, snooze, undo

__all__ = [
    "expire_consultations",
    "fill",
    "fill_again",
    "forget_ended",
    "hand_over",
    "judge",
    "log_reading",
    "move",
    "open_desk",
    "put_done",
    "show_desk",
    "snooze",
    "undo",
]
