"""What is done with rituals."""

from .holding import hold_event, hold_post, took_place
from .planning import end, pause, plan_all, plan_one, resume, save
from .reminding import hand_over, miss, remind

__all__ = [
    "end",
    "hand_over",
    "hold_event",
    "hold_post",
    "miss",
    "pause",
    "plan_all",
    "plan_one",
    "remind",
    "resume",
    "save",
    "took_place",
]
