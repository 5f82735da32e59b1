"""What a manager does at the desk."""

from .consultations import expire_consultations, log_reading
from .treating import hand_over, move, put_done, snooze, undo

__all__ = ["expire_consultations", "hand_over", "log_reading", "move", "put_done", "snooze", "undo"]
