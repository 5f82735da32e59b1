"""What the desk shows."""

from .about_me import about_me
from .desk import Desk, Line, desk, find_cue
from .steps import done_today, managers_of, standing, step_by_id

__all__ = [
    "Desk",
    "Line",
    "about_me",
    "desk",
    "done_today",
    "find_cue",
    "managers_of",
    "standing",
    "step_by_id",
]
